internal import Crypto
import NIOCore
import NIOSSL
import Synchronization

/// Accepts one certificate, told by its SHA-256 fingerprint, and remembers another one that was shown instead.
///
/// Routers sign their own certificates, so there is no authority to ask (reference `routeros.md` §8).
final class CertificatePin: Sendable {
    private let expected: [UInt8]
    private let wrong = Mutex<[UInt8]?>(nil)

    init(sha256: [UInt8]) {
        expected = sha256
    }

    /// The fingerprint of the certificate that was refused.
    var mismatch: [UInt8]? { wrong.withLock { $0 } }

    func verify(_ chain: [NIOSSLCertificate], _ verdict: EventLoopPromise<NIOSSLVerificationResult>) {
        guard let leaf = chain.first, let der = try? leaf.toDERBytes() else { return verdict.succeed(.failed) }
        let presented = Array(SHA256.hash(data: der))
        if presented == expected { return verdict.succeed(.certificateVerified) }
        wrong.withLock { $0 = presented }
        verdict.succeed(.failed)
    }
}
