/// What one hash of scrypt costs (RFC 7914).
struct ScryptParameters: Sendable, Equatable {
    /// The rounds are 2 to this power; memory is `128 × blockSize × rounds` bytes.
    let log2Rounds: Int
    let blockSize: Int
    let parallelism: Int

    /// One of OWASP's equivalent choices, the one with the least memory (32 MiB), since a small centre hashes beside
    /// ten thousand boxes.
    static let usual = ScryptParameters(log2Rounds: 15, blockSize: 8, parallelism: 3)

    /// No more than a hash in our database can sensibly ask for: whoever can write there must not stop the centre.
    var isBearable: Bool {
        (1...20).contains(log2Rounds) && (1...32).contains(blockSize) && (1...16).contains(parallelism)
            && 128 * blockSize << log2Rounds <= 256 << 20
    }
}
