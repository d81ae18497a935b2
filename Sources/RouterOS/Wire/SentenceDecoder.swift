public import NIOCore

/// Reads sentences from bytes that may be split or joined anywhere.
///
/// Empty sentences are dropped, as RouterOS itself does. What exceeds a limit throws `WireError`: the peer is broken or
/// hostile, and there is no way back into step.
public struct SentenceDecoder: NIOSingleStepByteToMessageDecoder, Sendable {
    public typealias InboundOut = Sentence

    /// How much of a peer's sentence is accepted.
    public struct Limits: Sendable {
        /// Bytes in one word.
        public var wordBytes: Int
        /// Words in one sentence.
        public var words: Int
        /// Bytes in all the words of one sentence.
        public var sentenceBytes: Int

        public init(wordBytes: Int = 64 * 1_024, words: Int = 256, sentenceBytes: Int = 256 * 1_024) {
            self.wordBytes = wordBytes
            self.words = words
            self.sentenceBytes = sentenceBytes
        }
    }

    private let limits: Limits
    private var words: [Word] = []
    private var sentenceBytes = 0

    public init(limits: Limits = Limits()) {
        self.limits = limits
    }

    public mutating func decode(buffer: inout ByteBuffer) throws -> Sentence? {
        while let word = try nextWord(from: &buffer) {
            if !word.bytes.isEmpty {
                try append(word)
            } else if !words.isEmpty {
                defer {
                    words = []
                    sentenceBytes = 0
                }
                return Sentence(words)
            }
        }
        return nil
    }

    public mutating func decodeLast(buffer: inout ByteBuffer, seenEOF: Bool) throws -> Sentence? {
        try decode(buffer: &buffer)
    }

    /// The next whole word, or nil with the buffer untouched while bytes of it are missing.
    private func nextWord(from buffer: inout ByteBuffer) throws(WireError) -> Word? {
        var lookahead = buffer
        guard let length = try WordLength.read(from: &lookahead) else { return nil }
        // Refused by its length alone, so that a hostile peer cannot make us hold the bytes first.
        guard length <= limits.wordBytes else { throw .wordTooLong(length: length, limit: limits.wordBytes) }
        guard let bytes = lookahead.readBytes(length: length) else { return nil }
        buffer = lookahead
        return Word(bytes: bytes)
    }

    private mutating func append(_ word: Word) throws(WireError) {
        guard words.count < limits.words else { throw .tooManyWords(limit: limits.words) }
        sentenceBytes += word.bytes.count
        guard sentenceBytes <= limits.sentenceBytes else { throw .sentenceTooLong(limit: limits.sentenceBytes) }
        words.append(word)
    }
}
