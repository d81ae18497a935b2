import Hummingbird
import ServerKit

/// The audit log, for the super admin.
struct AuditController: Sendable {
    let database: any CentralDatabase

    func addRoutes(to router: AccessRouter) {
        router.get("/admin/audit", .roles(.superAdmin)) { request, _, _ in
            let (filter, page) = (AuditFilter(request), try PageRequest(request))
            let records = try await database.read { try AuditStore($0).list(filter, page: page) }
            let body = Page(records, for: page, cursor: { PageCursor(String($0.seq)) }, item: AuditRecordBody.init)
            return try JSONAnswer(body).response()
        }
        router.get("/admin/audit/verification", .roles(.superAdmin)) { _, _, _ in
            try JSONAnswer(try await AuditVerifier(database: database).verify()).response()
        }
    }
}
