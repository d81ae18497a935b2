import CLibPQ
import Glibc

/// Reads a connection's URL with libpq's parser.
enum ConnectionURL {
    /// What the URL says, by libpq's names; nil when libpq refuses it. Why it does is not handed on: its text quotes
    /// the URL.
    static func parameters(of url: String) -> [String: String]? {
        var complaint: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(url, &complaint) else {
            PQfreemem(complaint)
            return nil
        }
        defer { PQconninfoFree(options) }
        var parameters: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { parameters[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return parameters
    }

    /// A unix socket or a loopback address.
    static func isOnThisMachine(_ host: some StringProtocol) -> Bool {
        if host.hasPrefix("/") || host.hasPrefix("@") || host == "localhost" || host == "::1" { return true }
        var address = in_addr()
        return inet_pton(AF_INET, String(host), &address) == 1 && UInt32(bigEndian: address.s_addr) >> 24 == 127
    }
}
