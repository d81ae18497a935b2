/// What one hash of scrypt costs (RFC 7914).
public struct ScryptParameters: Sendable, Equatable {
    /// The rounds are 2 to this power; memory is `128 × blockSize × rounds` bytes.
    public let log2Rounds: Int
    public let blockSize: Int
    public let parallelism: Int

    public init(log2Rounds: Int, blockSize: Int, parallelism: Int) {
        self.log2Rounds = log2Rounds
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// One of OWASP's equivalent choices, the one with the least memory (32 MiB), since a small centre hashes beside
    /// ten thousand boxes, and a box has little.
    public static let usual = ScryptParameters(log2Rounds: 15, blockSize: 8, parallelism: 3)

    /// No more than a hash in our database can sensibly ask for: whoever can write there must not stop the program.
    var isBearable: Bool {
        (1...20).contains(log2Rounds) && (1...32).contains(blockSize) && (1...16).contains(parallelism)
            && 128 * blockSize << log2Rounds <= 256 << 20
    }
}
