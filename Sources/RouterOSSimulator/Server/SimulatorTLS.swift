import NIOSSL

/// The certificate and key of the API's TLS port, as PEM text.
public struct SimulatorTLS: Sendable {
    private let configuration: TLSConfiguration

    /// Throws NIOSSL's error when the text holds no certificate or key.
    public init(certificateChainPEM: String, privateKeyPEM: String) throws {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(certificateChainPEM.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(privateKeyPEM.utf8), format: .pem)
        configuration = .makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(key)
        )
    }

    func context() throws -> NIOSSLContext {
        try NIOSSLContext(configuration: configuration)
    }
}
