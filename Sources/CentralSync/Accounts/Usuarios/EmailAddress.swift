/// E-mail addresses as we compare them.
enum EmailAddress {
    /// In lower case and without spaces around it; nil when it cannot be an address. Whether it is one, only a message
    /// to it would tell.
    static func normalised(_ text: String) -> String? {
        var address = text.lowercased()[...]
        while address.first?.isWhitespace == true { address.removeFirst() }
        while address.last?.isWhitespace == true { address.removeLast() }
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, address.utf8.count <= 254 else { return nil }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        let isPlain = address.unicodeScalars.allSatisfy {
            $0.value > 0x20 && $0.value != 0x7F && !"<>\"(),;:".unicodeScalars.contains($0)
        }
        return isPlain && labels.count >= 2 && labels.allSatisfy { !$0.isEmpty } ? String(address) : nil
    }
}
