import Shared

/// A centre's rows of many boxes, each alone at a site of its own, a hundred sites to an empresa.
struct FleetRows: Sendable {
    let store: BenchStore
    let boxes: Int

    static func empresaID(_ box: Int) -> String { "emp_\(box / 100)" }
    static func siteID(_ box: Int) -> String { "site_\(box)" }
    static func incarnation(_ box: Int) -> String { Self.padded(box, to: 32) }
    static func credential(_ box: Int) -> String { "fcb_" + Self.padded(box, to: 64) }

    private static func padded(_ number: Int, to length: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: length - digits.count) + digits
    }

    var statements: [String] {
        let zero = store.bytes(String(repeating: "0", count: 64))
        let numbers = 0..<boxes
        return [
            rows(
                "empresa (empresa_id, name, sends_shipping_contact, is_disabled, version, created_at_ms, updated_at_ms)",
                stride(from: 0, to: boxes, by: 100).map { "('\(Self.empresaID($0))', 'b', 0, 0, 1, 0, 0)" }
            ),
            rows(
                "site (empresa_id, site_id, name, time_zone, snapshot_version, created_at_ms)",
                numbers.map { "(\(place($0)), 's', 'America/Mexico_City', 1, 0)" }
            ),
            rows(
                """
                box (empresa_id, site_id, box_id, last_epoch, applied_version, is_forked, is_blocked, enrolled_at_ms,
                    last_seen_at_ms)
                """,
                numbers.map { "(\(place($0)), 'box_\($0)', 1, 1, 0, 0, 0, 0)" }
            ),
            rows(
                "box_credential (sha256, empresa_id, box_id)",
                numbers.map {
                    let digest = SHA256Digest(of: Self.credential($0)).hexadecimal
                    return "(\(store.bytes(digest)), '\(Self.empresaID($0))', 'box_\($0)')"
                }
            ),
            rows(
                """
                box_status (empresa_id, site_id, box_id, last_seen_at_ms, complete_until_ms, unsynced_events,
                    purchases_in_doubt, purchases_for_attention, routers_away, is_refusing)
                """,
                numbers.map { "(\(place($0)), 'box_\($0)', 0, 0, 0, 0, 0, 0, 0)" }
            ),
            rows(
                "box_epoch (empresa_id, box_id, epoch, incarnation, reason, acked_seq, acked_hash, opened_at_ms)",
                numbers.map {
                    "('\(Self.empresaID($0))', 'box_\($0)', 1, '\(Self.incarnation($0))', 'enrolled', 0, \(zero), 0)"
                }
            ),
        ].flatMap { $0 }
    }

    private func place(_ box: Int) -> String { "'\(Self.empresaID(box))', '\(Self.siteID(box))'" }

    /// In portions that a command line takes.
    private func rows(_ table: String, _ values: [String]) -> [String] {
        stride(from: 0, to: values.count, by: 200).map { from in
            "INSERT INTO \(table) VALUES " + values[from..<min(values.count, from + 200)].joined(separator: ", ")
        }
    }
}
