/// Money as people type it: `1250`, `$1,250.50`.
enum TypedAmount {
    /// In centavos; nil for what is no amount.
    static func cents(_ typed: String?) -> Int64? {
        let text = (typed ?? "").filter { !$0.isWhitespace && $0 != "," && $0 != "$" }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let cents = parts.count == 2 ? parts[1] : "00"
        guard (1...7).contains(parts.first?.utf8.count ?? 0), (1...2).contains(cents.utf8.count),
            let pesos = parts.first.flatMap({ UInt32($0) }), let rest = UInt32(cents)
        else { return nil }
        return Int64(pesos) * 100 + Int64(cents.utf8.count == 1 ? rest * 10 : rest)
    }

    /// A number of things: `5,000`; nil for what is none.
    static func count(_ typed: String?) -> Int64? {
        let text = (typed ?? "").filter { !$0.isWhitespace && $0 != "," }
        guard (1...6).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(text)
    }
}
