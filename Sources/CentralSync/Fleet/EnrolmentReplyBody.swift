/// What a box gets for its code. The credential is in the clear here, this once.
struct EnrolmentReplyBody: Encodable {
    let empresaID: String
    let siteID: String
    let boxID: String
    let credential: String
    let epoch: Int64 = 1
    let signingKey: String

    init(box: Box, credential: String, signingKey: String) {
        empresaID = box.empresaID
        siteID = box.siteID
        boxID = box.boxID
        self.credential = credential
        self.signingKey = signingKey
    }

    enum CodingKeys: String, CodingKey {
        case credential, epoch
        case empresaID = "empresa_id"
        case siteID = "site_id"
        case boxID = "box_id"
        case signingKey = "signing_key"
    }
}
