import Foundation
import Shared

@testable import CentralSync

/// A centre with something in every table, texts that are hard to carry among it.
enum FullCentre {
    /// Stands for all that must not get out: as a text, and in the hexadecimal digits of bytes.
    static let secret = "MUY-SECRETO"
    static let hard = #"it's "quoted", \N \. \\ "# + "tab\tline\nreturn\r ñandú 🎉"

    static func fill(_ database: any CentralDatabase, sales: Int = 60) async throws {
        var random = RandomSales(seed: 21)
        try await random.send(sales, to: database)
        try await database.write { session in
            for (sql, arguments) in rows { try session.execute(sql, arguments) }
            for number in 0..<3 { try Audit.append(AuditTests.change("s\(number)"), in: session) }
        }
    }

    private static var rows: [(String, [SQLValue])] {
        let bytes = SQLValue.bytes(Array(secret.utf8))
        let (secret, hard) = (SQLValue.text(secret), SQLValue.text(hard))
        return [
            ("UPDATE empresa SET name = $1, conekta_public_key = 'k', conekta_private_sealed = $2", [hard, bytes]),
            ("UPDATE site SET name = $1", [hard]),
            (
                """
                INSERT INTO router (empresa_id, router_id, site_id, name, api_host, api_port, api_username,
                    api_password_sealed, is_active, version, created_at_ms, updated_at_ms)
                VALUES ('emp_a', 'r1', 'site_1', $1, 'h', 8728, $2, $3, 1, 1, 1700000000123, 2)
                """, [hard, secret, bytes]
            ),
            ("INSERT INTO api_key VALUES ('emp_a', 'key_1', 'r1', $1, 1, 2, NULL)", [bytes]),
            (
                """
                INSERT INTO product (empresa_id, product_id, name, price_cents, currency, duration_seconds, clock,
                    mikrotik_profile, position, is_featured, is_active, details, is_deleted, version, created_at_ms,
                    updated_at_ms, data_limit_bytes)
                VALUES ('emp_a', 1, $1, 1000, 'MXN', 3600, 'corrido', '1h', 1, 0, 1, NULL, 0, 1, 1700000000120, 0,
                    1000000000000000)
                """, [hard]
            ),
            ("INSERT INTO product_router VALUES ('emp_a', 1, 'r1')", []),
            ("INSERT INTO counter VALUES ('n', 9007199254740993)", []),
            (
                """
                INSERT INTO usuario (usuario_id, email, name, role, empresa_id, password_hash, must_change_password,
                    totp_sealed, totp_is_on, totp_last_step, is_disabled, version, created_at_ms, updated_at_ms)
                VALUES ('usr_1', 'a@b.mx', $1, 'cajero', 'emp_a', $2, 0, $3, 0, 0, 0, 1, 0, 0)
                """, [hard, secret, bytes]
            ),
            ("INSERT INTO usuario_router VALUES ('usr_1', 'r1')", []),
            ("INSERT INTO recovery_code VALUES ('usr_1', $1)", [bytes]),
            ("INSERT INTO session VALUES ('ses_1', 'usr_1', 1, 2, 3, NULL)", []),
            ("INSERT INTO refresh_token VALUES ($1, 'ses_1', 1, NULL)", [bytes]),
            ("INSERT INTO enrolment_code VALUES ($1, 'emp_a', 'site_1', 1, 9999999999999, NULL, NULL)", [bytes]),
            ("INSERT INTO command VALUES ('emp_a', 'box_1', 'cmd_1', 'test', '{}', 1, 9999999999999, NULL, NULL)", []),
            ("INSERT INTO wake VALUES ('wak_1', 'emp_a', NULL, NULL, 1)", []),
            ("INSERT INTO centre_key VALUES ('snapshot', $1, $1)", [bytes]),
            ("INSERT INTO quarantine VALUES ('emp_a', 'box_1', 1, 99, 'not_json', 1)", []),
            (
                """
                INSERT INTO corte VALUES ('emp_a', 'crt_1', 'site_1', 'box_1', 1, 98, 'til_1', 1, 'usr_1', 'MXN', 1, 3, 3,
                    4500, 1, 1500, 2550, 1, 0, '2027-01-15', 1, 2, 12000)
                """, []
            ),
            ("INSERT INTO reseller VALUES ('emp_a', 'rev_1', $1, $1, 2000, 1, 1, 1, 1)", [hard]),
            ("INSERT INTO reseller_router VALUES ('emp_a', 'rev_1', 'r1')", []),
            (
                """
                INSERT INTO entrega VALUES ('emp_a', 'ent_1', 'site_1', 'box_1', 1, 97, 'rev_1', $1, 'usr_1', 'r1', 'lot_1', 1, $1,
                    3600, 1500, 'MXN', 2000, 300, 50, 101, 150, 1, 0, '2027-01-15', 1)
                """, [hard]
            ),
            (
                """
                INSERT INTO devolucion VALUES ('emp_a', 'dev_1', 'site_1', 'box_1', 1, 96, 'ent_1', 'rev_1', 'usr_1', 10, 1, 0,
                    '2027-01-15', 1)
                """, []
            ),
            (
                """
                INSERT INTO reseller_corte VALUES ('emp_a', 'crv_1', 'site_1', 'box_1', 1, 95, 'rev_1', $1, 'MXN', 1, 'usr_1',
                    'til_1', 0, 24000, 12000, 12000, 1, 0, '2027-01-15', 1)
                """, [hard]
            ),
            (
                """
                INSERT INTO reseller_corte_line VALUES ('emp_a', 'crv_1', 1, 1, $1, 1500, 2000, 300, 50, 10, 4, 20, 20, 20, 24000, 1)
                """, [hard]
            ),
            ("INSERT INTO fork VALUES ('emp_a', 'box_1', 1, 1, $1, $1, 1)", [bytes]),
        ]
    }

    /// Every row of every table, as text.
    static func contents(_ database: any CentralReader) async throws -> [String: Set<String>] {
        try await database.read(.long) { session in
            var contents: [String: Set<String>] = [:]
            for table in CentralMigration.tables {
                var bytes: [UInt8] = []
                let query = CopyQuery(table: table, columns: try session.columns(of: table))
                try session.copyOut(query) { bytes += $0 }
                contents[table] = Set(String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init))
            }
            return contents
        }
    }
}
