import FoundationEssentials
import Shared

/// Empresas in the database, within one transaction.
struct EmpresaStore {
    private static let columns = """
        empresa_id, name, support_contact, conekta_public_key, sends_shipping_contact, is_disabled, version,
        created_at_ms, updated_at_ms
        """

    private let session: any SQLSession

    init(_ session: any SQLSession) {
        self.session = session
    }

    func find(_ id: String) throws -> Empresa? {
        let sql = "SELECT \(Self.columns) FROM empresa WHERE empresa_id = $1"
        return try session.first(sql, [.text(id)]).map(Self.empresa)
    }

    /// By name, from after the cursor on.
    func list(_ filter: EmpresaFilter, page: PageRequest) throws -> [Empresa] {
        let rows = try session.query(
            """
            SELECT \(Self.columns) FROM empresa
            WHERE (name > $1 OR (name = $1 AND empresa_id > $2)) AND ($3 = -1 OR is_disabled = $3)
            ORDER BY name, empresa_id LIMIT $4
            """,
            [
                .text(try page.after?.text(0) ?? ""), .text(try page.after?.text(1) ?? ""),
                filter.isDisabled.map(SQLValue.init) ?? -1, page.fetchLimit,
            ]
        )
        return try rows.map(Self.empresa)
    }

    func insert(_ empresa: Empresa) throws {
        try session.execute(
            """
            INSERT INTO empresa (empresa_id, name, support_contact, sends_shipping_contact, is_disabled, version,
                created_at_ms, updated_at_ms)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
            """,
            [
                .text(empresa.id), .text(empresa.name), SQLValue(empresa.supportContact),
                SQLValue(empresa.sendsShippingContact), SQLValue(empresa.isDisabled), .integer(empresa.version),
                .integer(empresa.createdAt.milliseconds),
            ]
        )
    }

    /// Writes all but the keys; the version is the caller's to raise.
    func update(_ empresa: Empresa) throws {
        try session.execute(
            """
            UPDATE empresa SET name = $2, support_contact = $3, sends_shipping_contact = $4, is_disabled = $5,
                version = $6, updated_at_ms = $7
            WHERE empresa_id = $1
            """,
            [
                .text(empresa.id), .text(empresa.name), SQLValue(empresa.supportContact),
                SQLValue(empresa.sendsShippingContact), SQLValue(empresa.isDisabled), .integer(empresa.version),
                .integer(empresa.updatedAt.milliseconds),
            ]
        )
    }

    /// Puts a pair of keys in the place of the one before; nil for both takes it away.
    func setKeys(of id: String, publicKey: String?, sealedPrivateKey: Sealed?) throws {
        try session.execute(
            "UPDATE empresa SET conekta_public_key = $2, conekta_private_sealed = $3 WHERE empresa_id = $1",
            [.text(id), SQLValue(publicKey), SQLValue(sealedPrivateKey?.bytes)]
        )
    }

    /// Nothing of one that is not there.
    func slips(of id: String) throws -> EmpresaSlips {
        let sql = "SELECT slip_lines, slip_logo_pbm FROM empresa WHERE empresa_id = $1"
        guard let row = try session.first(sql, [.text(id)]) else { return EmpresaSlips() }
        let lines = try row.optionalText("slip_lines").map { text in
            try JSONDecoder().decode([String].self, from: Data(text.utf8))
        }
        return EmpresaSlips(lines: lines ?? [], logo: try row.optionalText("slip_logo_pbm"))
    }

    func setSlips(of id: String, to slips: EmpresaSlips) throws {
        let lines = String(decoding: try JSONEncoder().encode(slips.lines), as: UTF8.self)
        try session.execute(
            "UPDATE empresa SET slip_lines = $2, slip_logo_pbm = $3 WHERE empresa_id = $1",
            [.text(id), .text(lines), SQLValue(slips.logo)]
        )
    }

    private static func empresa(_ row: SQLRow) throws -> Empresa {
        Empresa(
            id: try row.text("empresa_id"),
            name: try row.text("name"),
            supportContact: try row.optionalText("support_contact"),
            conektaPublicKey: try row.optionalText("conekta_public_key"),
            sendsShippingContact: try row.bool("sends_shipping_contact"),
            isDisabled: try row.bool("is_disabled"),
            version: try row.integer("version"),
            createdAt: Timestamp(milliseconds: try row.integer("created_at_ms")),
            updatedAt: Timestamp(milliseconds: try row.integer("updated_at_ms"))
        )
    }
}
