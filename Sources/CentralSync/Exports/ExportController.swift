import HTTPTypes
import Hummingbird
import NIOCore
import ServerKit
import Shared

/// The exports for analysis, as streams. What moves a whole centre holds password hashes, and is only to be had on the
/// centre's own machine (`central-sync export --format full`).
struct ExportController: Sendable {
    let centre: Centre
    private let turns = ExportTurns()

    init(centre: Centre) {
        self.centre = centre
    }

    func addRoutes(to router: AccessRouter) {
        router.get("/admin/exports/postgresql", .roles(.superAdmin)) { request, _, _ in
            try await stream(request, type: "application/sql; charset=utf-8", name: "fichas.sql") { exporter, output in
                _ = try exporter.writeSQL(to: output)
            }
        }
        router.get("/admin/exports/csv/:table", .roles(.superAdmin)) { request, context, _ in
            let name = try context.parameters.require("table")
            guard let table = ExportTable.all.first(where: { $0.name == name }) else { throw APIError.notFound }
            return try await stream(request, type: "text/csv; charset=utf-8", name: name + ".csv") { exporter, output in
                _ = try exporter.writeCSV(table, to: output)
            }
        }
    }

    /// - Throws: `APIError` 404 for an empresa that is not there, 422, 429 while there is another.
    private func stream(
        _ request: Request,
        type: String,
        name: String,
        _ write: @escaping @Sendable (Exporter, Exporter.Output) throws -> Void
    ) async throws -> Response {
        let scope = try await scope(of: request)
        guard let turn = turns.take() else { throw Self.busy }
        let (database, now) = (centre.database, centre.wallClock.now)
        var fields: HTTPFields = [.contentType: type]
        fields[.contentDisposition] = "attachment; filename=\"\(name)\""
        let body = ResponseBody { writer in
            let pipe = ChunkPipe()
            let reading = Task {
                do {
                    try await database.read(.long) { session in
                        try write(Exporter(session: session, now: now, scope: scope)) { try pipe.write($0) }
                    }
                    pipe.end(.success(()))
                } catch {
                    pipe.end(.failure(error))
                }
            }
            defer {
                pipe.close()
                reading.cancel()
                withExtendedLifetime(turn) {}
            }
            while let chunk = try await pipe.next() { try await writer.write(ByteBuffer(bytes: chunk)) }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: fields, body: body)
    }

    private static var busy: APIError {
        var error = APIError(
            .tooManyRequests,
            code: "export_running",
            message: "Hay otra exportación en curso. Espera a que termine."
        )
        error.retryAfterSeconds = 60
        return error
    }

    private func scope(of request: Request) async throws -> ExportScope {
        var scope = ExportScope()
        if let text = request.uri.queryParameters["since"] {
            guard let since = Timestamp(rfc3339: String(text)) else {
                throw APIError.invalidField("since", "debe ser una fecha y hora como 2026-11-22T00:00:00Z")
            }
            scope.since = since
        }
        guard let id = request.uri.queryParameters["empresa_id"].map(String.init) else { return scope }
        let exists = try await centre.database.read { session in
            try session.first("SELECT empresa_id FROM empresa WHERE empresa_id = $1", [.text(id)]) != nil
        }
        guard exists else { throw APIError.notFound }
        scope.empresaID = id
        return scope
    }
}
