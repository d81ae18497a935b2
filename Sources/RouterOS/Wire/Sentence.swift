/// Words that belong together; on the wire a zero-length word ends them.
///
/// The first word of a request is the command (`/ip/hotspot/user/add`), of a reply its kind (`!re`). Then come, in any
/// order, attributes (`=name=value`), API attributes (`.tag=7`) and, in requests, query words (`?name=value`).
public struct Sentence: Hashable, Sendable {
    public var words: [Word]

    public init(_ words: [Word]) {
        self.words = words
    }

    /// The value of `=name=…`, split at the second `=` only, so that a value may itself hold `=`.
    public func attribute(_ name: String) -> Word? {
        value(prefix: "=" + name + "=")
    }

    /// The value of `.name=…`.
    public func apiAttribute(_ name: String) -> Word? {
        value(prefix: "." + name + "=")
    }

    /// All `=name=value` words, in order. A word without a second `=` has an empty value.
    public var attributes: [(name: String, value: Word)] {
        words.dropFirst().compactMap { word in
            guard word.bytes.first == UInt8(ascii: "=") else { return nil }
            let rest = word.bytes.dropFirst()
            let end = rest.firstIndex(of: UInt8(ascii: "=")) ?? rest.endIndex
            return (Word(bytes: Array(rest[..<end])).text, Word(bytes: Array(rest[end...].dropFirst())))
        }
    }

    private func value(prefix: String) -> Word? {
        let prefix = Array(prefix.utf8)
        // The first word names the sentence and may not be read as an attribute.
        guard let word = words.dropFirst().first(where: { $0.bytes.starts(with: prefix) }) else { return nil }
        return Word(bytes: Array(word.bytes.dropFirst(prefix.count)))
    }
}

extension Sentence: ExpressibleByArrayLiteral {
    public init(arrayLiteral words: Word...) {
        self.init(words)
    }
}
