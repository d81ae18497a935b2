public import NIOCore

/// Writes sentences in the RouterOS API's framing: each word after its length, then a zero-length word.
public struct SentenceEncoder: MessageToByteEncoder, Sendable {
    public typealias OutboundIn = Sentence

    public init() {}

    public func encode(data sentence: Sentence, out buffer: inout ByteBuffer) {
        for word in sentence.words {
            // An empty word would end the sentence early; a sentence never carries one.
            precondition(!word.bytes.isEmpty, "a word inside a sentence cannot be empty")
            WordLength.write(word.bytes.count, into: &buffer)
            buffer.writeBytes(word.bytes)
        }
        WordLength.write(0, into: &buffer)
    }
}
