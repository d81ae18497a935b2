import Shared

/// The buyer's fields, checked alike whether they come as JSON or from the portal's form.
struct CheckedBuyer: Sendable {
    /// A field that is not usable. The API and the portal each have words of their own for it.
    enum WrongField: Error {
        case cardToken, name, email
    }

    let cardToken: Secret<String>
    let name: String
    let email: String

    /// - Throws: The first field that is wrong.
    init(cardToken: Secret<String>, name: String, email: String) throws(WrongField) {
        let token = cardToken.reveal()
        guard (8...128).contains(token.utf8.count), token.utf8.allSatisfy(Self.isTokenByte) else {
            throw .cardToken
        }
        let name = Self.trimmed(name)
        guard (2...120).contains(name.count), !name.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 })
        else { throw .name }
        let email = Self.trimmed(email)
        guard Self.isEmail(email) else { throw .email }
        self.cardToken = cardToken
        self.name = name
        self.email = email
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// One `@`, something before it, a dot after it, nothing that is not printable ASCII. Whether it exists, nobody
    /// here can know; Conekta asks for the field.
    private static func isEmail(_ text: String) -> Bool {
        guard (5...120).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return false
        }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return false }
        return parts[1].contains(".") && !parts[1].hasPrefix(".") && !parts[1].hasSuffix(".")
    }

    private static func trimmed(_ text: String) -> String {
        var slice = text[...]
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return String(slice)
    }
}
