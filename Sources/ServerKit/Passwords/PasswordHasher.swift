import Crypto
import CryptoExtras
import Dispatch
import Foundation
public import Shared
import Synchronization

/// Hashes passwords: slow on purpose, so one at a time on a thread of its own, with a bounded queue before it. More would
/// take the memory and the cores of everything else, by anyone who sends logins (reference `reliability.md` §6.6).
public final class PasswordHasher: Sendable {
    private static let saltLength = 16
    private static let digestLength = 32

    private let parameters: ScryptParameters
    private let maximumWaiting: Int
    private let waiting = Mutex(0)
    private let queue = DispatchQueue(label: "fichas.passwords")

    /// - Parameters:
    ///   - parameters: What new hashes cost. Tests hand in cheap ones; there is no setting.
    ///   - maximumWaiting: How many may be hashed or wait; further ones are refused at once.
    public init(parameters: ScryptParameters = .usual, maximumWaiting: Int = 16) {
        self.parameters = parameters
        self.maximumWaiting = maximumWaiting
    }

    /// Hashes a new one.
    ///
    /// - Throws: `APIError` 503 when too many wait.
    public func hash(_ password: Secret<String>) async throws -> PasswordHash {
        let (salt, parameters) = (Self.salt(), parameters)
        return try await run { try Self.hash(password, salt: salt, parameters: parameters) }
    }

    /// Takes as long without a hash as with one, so that nobody learns from the time which accounts there are.
    ///
    /// - Throws: `APIError` 503 when too many wait.
    public func verify(_ password: Secret<String>, against hash: PasswordHash?) async throws -> PasswordVerdict {
        let (salt, usual) = (hash?.salt ?? Self.salt(), parameters)
        let computed = try await run { try Self.hash(password, salt: salt, parameters: hash?.parameters ?? usual) }
        // Compared in constant time.
        guard let hash, SymmetricKey(data: hash.digest) == SymmetricKey(data: computed.digest) else { return .wrong }
        return .right(isOutdated: hash.parameters != usual)
    }

    private func run(_ work: @escaping @Sendable () throws -> PasswordHash) async throws -> PasswordHash {
        let hasRoom = waiting.withLock { waiting in
            guard waiting < maximumWaiting else { return false }
            waiting += 1
            return true
        }
        guard hasRoom else { throw APIError.tooManyPasswords }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }

    private static func salt() -> [UInt8] {
        SymmetricKey(size: .init(bitCount: saltLength * 8)).withUnsafeBytes(Array.init)
    }

    private static func hash(
        _ password: Secret<String>,
        salt: [UInt8],
        parameters: ScryptParameters
    ) throws -> PasswordHash {
        // One password has one form, whichever keyboard composed its accents.
        let text = password.reveal().precomposedStringWithCanonicalMapping
        let key = try KDF.Scrypt.deriveKey(
            from: Data(text.utf8),
            salt: Data(salt),
            outputByteCount: digestLength,
            rounds: 1 << parameters.log2Rounds,
            blockSize: parameters.blockSize,
            parallelism: parameters.parallelism
        )
        return PasswordHash(parameters: parameters, salt: salt, digest: key.withUnsafeBytes(Array.init))
    }
}
