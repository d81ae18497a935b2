/// What of the peer's text may stand in URLs and logs as it is.
enum PlainText {
    /// The text, if it is an identifier or a dotted code of 1 to `limit` ASCII characters.
    static func identifier(_ text: String?, limit: Int) -> String? {
        guard let text, (1...limit).contains(text.utf8.count) else { return nil }
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        return isPlain ? text : nil
    }

    /// A dotted error code: identifiers with dots between them.
    static func code(_ text: String?) -> String? {
        guard let text, text.utf8.count <= 160 else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.allSatisfy { identifier(String($0), limit: 160) != nil } ? text : nil
    }
}
