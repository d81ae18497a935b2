import Shared
import TestSupport

@testable import CentralSync

/// Rows that most tests need: an empresa with a site, and a box that belongs there.
enum Tenants {
    static let now = EventChain.now
    static let incarnation = EventChain.incarnation

    static func box(
        empresa: String = "emp_1",
        site: String = "site_1",
        id: String = "box_1",
        in session: any SQLSession
    ) throws -> Box {
        try session.execute(
            """
            INSERT INTO empresa (empresa_id, name, sends_shipping_contact, is_disabled, version, created_at_ms,
                updated_at_ms)
            VALUES ($1, $1, 0, 0, 1, 0, 0) ON CONFLICT (empresa_id) DO NOTHING
            """,
            [.text(empresa)]
        )
        try session.execute(
            """
            INSERT INTO site (empresa_id, site_id, name, time_zone, snapshot_version, created_at_ms)
            VALUES ($1, $2, $2, 'America/Mexico_City', 1, 0) ON CONFLICT (empresa_id, site_id) DO NOTHING
            """,
            [.text(empresa), .text(site)]
        )
        let box = Box(empresaID: empresa, siteID: site, boxID: id, isBlocked: false)
        let credential = SHA256Digest(of: "credential of \(empresa) \(id)")
        try BoxStore.insert(box, credential: credential, incarnation: incarnation, at: now, in: session)
        return box
    }
}
