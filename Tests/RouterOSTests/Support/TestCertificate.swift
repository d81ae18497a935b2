import Foundation
import NIOSSL
import TestSupport

/// A certificate a router might have signed for itself, made anew by OpenSSL.
struct TestCertificate {
    let context: NIOSSLContext
    /// The fingerprint as OpenSSL tells it, so that ours is checked against another's.
    let sha256: [UInt8]

    init() throws {
        let directory = try TemporaryDirectory()
        let key = directory.path("key.pem")
        let certificate = directory.path("certificate.pem")
        let fingerprint = directory.path("fingerprint")
        try Self.openssl([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "3650",
            "-subj", "/CN=10.5.50.1",
        ])
        try Self.openssl(["x509", "-in", certificate, "-noout", "-fingerprint", "-sha256", "-out", fingerprint])
        let text = try String(contentsOfFile: fingerprint, encoding: .utf8)
        sha256 = text.split(separator: "=")[1].split(whereSeparator: { $0 == ":" || $0.isNewline }).compactMap {
            UInt8($0, radix: 16)
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
        )
        configuration.maximumTLSVersion = .tlsv12
        context = try NIOSSLContext(configuration: configuration)
    }

    private static func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(arguments: arguments) }
    }

    struct Failed: Error {
        let arguments: [String]
    }
}
