import TestSupport
import Testing

/// `openssl s_server` on a free loopback port, with a certificate of its own.
///
/// It is OpenSSL's own server on the other side, so what libcurl reports is what it would report in the field.
struct TLSServer {
    enum Behaviour {
        /// Answers every GET with a page.
        case answers
        /// Reads and says nothing.
        case listens
    }

    /// The certificate, for clients that shall trust it.
    let certificate: String
    let port: Int
    private let folder: TemporaryDirectory
    private let process: ChildProcess

    /// Runs the body with a server. `name` is the only one on its certificate, in OpenSSL's words: `DNS:localhost`.
    static func with(
        _ behaviour: Behaviour,
        name: String,
        _ body: (TLSServer) async throws -> Void
    ) async throws {
        let folder = try TemporaryDirectory()
        let (certificate, key) = (folder.path("certificate.pem"), folder.path("key.pem"))
        let maker = try ChildProcess([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
            "-subj", "/CN=fichas", "-addext", "subjectAltName=\(name)", "-keyout", key, "-out", certificate,
        ])
        _ = await maker.waitForEnd()
        let process = try ChildProcess(
            ["openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key]
                + (behaviour == .answers ? ["-www"] : [])
        )
        defer { process.kill() }
        let output = await process.waitForOutput { $0.contains(/ACCEPT .*\n/) }
        let line = output.split(separator: "\n").first { $0.hasPrefix("ACCEPT ") }
        let port = try #require(line?.split(separator: ":").last.flatMap { Int($0) }, "\(output)")
        try await body(TLSServer(certificate: certificate, port: port, folder: folder, process: process))
    }

    /// Waits until the server has read the text from a client.
    func waitUntilReceived(_ text: String) async {
        _ = await process.waitForOutput { $0.contains(text) }
    }

    /// Ends the server and returns all it has read. Its connections end without TLS's farewell.
    func kill() async -> String {
        process.kill()
        return await process.waitForEnd()
    }
}
