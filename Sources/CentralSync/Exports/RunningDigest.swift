import Crypto
import Shared

/// The SHA-256 of bytes that come piece by piece.
struct RunningDigest {
    private var hash = SHA256()
    private(set) var byteCount: Int64 = 0

    mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        byteCount += Int64(bytes.count)
    }

    /// Of all so far.
    var digest: Shared.SHA256Digest? { Shared.SHA256Digest(bytes: Array(hash.finalize())) }
}
