import NIOCore

@testable import RouterOS

/// A decoder fed piece by piece.
struct Incremental {
    private(set) var sentences: [Sentence] = []
    private var error: WireError?
    private var decoder: SentenceDecoder
    private var buffer = ByteBuffer()

    init(limits: SentenceDecoder.Limits = .init()) {
        decoder = SentenceDecoder(limits: limits)
    }

    mutating func feed(_ bytes: ByteBuffer) {
        guard error == nil else { return }
        buffer.writeImmutableBuffer(bytes)
        do {
            while let sentence = try decoder.decode(buffer: &buffer) { sentences.append(sentence) }
        } catch {
            self.error = error as? WireError
        }
    }

    var result: Result<[Sentence], WireError> {
        error.map { .failure($0) } ?? .success(sentences)
    }
}
