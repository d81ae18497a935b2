import Foundation
import TestSupport

/// nginx with one worker for each core, serving files; like the box it writes a line of log for each request.
struct NginxServer: Sendable {
    let port: UInt16
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        port = try freePort()
        try configuration.write(toFile: folder.path("nginx.conf"), atomically: true, encoding: .utf8)
    }

    /// Puts a file where `path` asks for it.
    func serve(_ body: String, at path: String) throws {
        try body.write(toFile: folder.path(path), atomically: true, encoding: .utf8)
    }

    func start() throws -> RunningProgram {
        try RunningProgram(
            URL(filePath: "/usr/sbin/nginx"),
            ["-e", folder.path("error.log"), "-c", folder.path("nginx.conf")]
        )
    }

    /// Runs `body` with nginx at work.
    func run<Value>(_ body: () async throws -> Value) async throws -> Value {
        let program = try start()
        do {
            try await answering(.milliseconds(5)) { try PlainHTTP.get("/", from: port).status > 0 }
            let value = try await body()
            try await program.stop()
            return value
        } catch {
            await program.killNow()
            throw error
        }
    }

    private var configuration: String {
        """
        \(geteuid() == 0 ? "user root;" : "")
        daemon off;
        worker_processes \(Machine.cores);
        pid \(folder.path("nginx.pid"));
        error_log \(folder.path("error.log"));
        events { worker_connections 1024; }
        http {
            access_log \(folder.path("access.log"));
            client_body_temp_path \(folder.path("body"));
            proxy_temp_path \(folder.path("proxy"));
            fastcgi_temp_path \(folder.path("fastcgi"));
            uwsgi_temp_path \(folder.path("uwsgi"));
            scgi_temp_path \(folder.path("scgi"));
            default_type "application/json; charset=utf-8";
            sendfile on;
            tcp_nopush on;
            open_file_cache max=16;
            keepalive_requests 100000000;
            server {
                listen 127.0.0.1:\(port);
                root \(folder.url.path());
            }
        }
        """
    }
}
