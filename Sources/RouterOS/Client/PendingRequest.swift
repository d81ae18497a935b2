/// A caller who waits for a reply.
struct PendingRequest {
    /// Unique in its client; the tag on the wire.
    let id: UInt64
    let sentence: Sentence
    private let continuation: CheckedContinuation<Result<Reply, RouterOSError>, Never>

    init(id: UInt64, sentence: Sentence, continuation: CheckedContinuation<Result<Reply, RouterOSError>, Never>) {
        self.id = id
        self.sentence = sentence
        self.continuation = continuation
    }

    func finish(_ result: Result<Reply, RouterOSError>) {
        continuation.resume(returning: result)
    }

    func fail(_ error: RouterOSError) {
        continuation.resume(returning: .failure(error))
    }
}
