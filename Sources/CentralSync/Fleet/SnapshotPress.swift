import Crypto
import FoundationEssentials
import Shared

/// Makes the signed document of a site: all a box needs to sell there, with its secrets, for that box alone.
struct SnapshotPress: Sendable {
    let signingKey: Curve25519.Signing.PrivateKey
    let sealer: Sealer
    /// For empresas without keys of their own.
    let defaultConektaKeys: ConektaKeyPair?

    var publicKey: Curve25519.Signing.PublicKey { signingKey.publicKey }

    /// - Returns: Nil when the site's document is not newer than that, or the site has nothing to sell on yet.
    /// - Throws: ``CentralDatabaseError``; what unsealing throws.
    func snapshot(
        of box: Box,
        newerThan version: Int64,
        at time: Timestamp,
        in session: any SQLSession
    ) throws -> SignedSnapshot? {
        let row = try session.first(
            """
            SELECT site.name, site.time_zone, site.snapshot_version, empresa.name AS empresa_name,
                empresa.support_contact, empresa.conekta_public_key, empresa.conekta_private_sealed,
                empresa.sends_shipping_contact, empresa.is_disabled
            FROM site JOIN empresa ON empresa.empresa_id = site.empresa_id
            WHERE site.empresa_id = $1 AND site.site_id = $2
            """,
            [.text(box.empresaID), .text(box.siteID)]
        )
        guard let row, try row.integer("snapshot_version") > version else { return nil }
        let places = try session.query(
            "SELECT * FROM router WHERE empresa_id = $1 AND site_id = $2 ORDER BY router_id",
            [.text(box.empresaID), .text(box.siteID)]
        )
        guard !places.isEmpty else { return nil }
        let routers = try routers(places, of: box, at: time, in: session)
        let isDisabled = try row.bool("is_disabled")
        var document: [String: JSONValue] = [
            "format_version": .integer(Int64(SiteSnapshot.formatVersion)),
            "snapshot_version": .integer(try row.integer("snapshot_version")),
            "issued_at": .string(time.rfc3339),
            "empresa": try Self.object([
                ("id", box.empresaID), ("name", row.text("empresa_name")),
                ("support_contact", row.optionalText("support_contact")),
            ]),
            "site": try Self.object([
                ("id", box.siteID), ("name", row.text("name")), ("time_zone", row.text("time_zone")),
            ]),
            "routers": .array(routers),
            // A disabled empresa's portals stay up and say that nothing is sold; what was sold goes on.
            "products": .array(isDisabled ? [] : try products(places, of: box, in: session)),
        ]
        let cashiers = try cashiers(of: box, in: session)
        if !cashiers.isEmpty { document["cashiers"] = .array(cashiers) }
        try addSlips(to: &document, of: box, in: session)
        let resellers = try ResellerPress(box: box, session: session).resellers()
        if !resellers.isEmpty { document["resellers"] = .array(resellers) }
        if !isDisabled, let keys = try conektaKeys(of: box, row) { document["conekta"] = keys }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let payload = String(decoding: try encoder.encode(JSONValue.object(document)), as: UTF8.self)
        return try SignedSnapshot(signing: payload, with: signingKey)
    }

    // MARK: Parts

    /// What slips say and where they come out; nothing where nobody said anything, as before there were any.
    private func addSlips(
        to document: inout [String: JSONValue],
        of box: Box,
        in session: any SQLSession
    ) throws {
        let site = try SiteStore(session).find(box.siteID, of: box.empresaID)
        let slips = try EmpresaStore(session).slips(of: box.empresaID)
        var members = slips.logo.map { ["logo_pbm": JSONValue.string($0)] } ?? [:]
        if !slips.lines.isEmpty { members["lines"] = .array(slips.lines.map(JSONValue.string)) }
        if let name = site?.wifiName { members["wifi_name"] = .string(name) }
        if !members.isEmpty { document["slips"] = .object(members) }
        if let printers = site?.printers, !printers.isEmpty {
            document["printers"] = try JSONValue(encoding: printers)
        }
    }

    private func conektaKeys(of box: Box, _ row: SQLRow) throws -> JSONValue? {
        let pair: ConektaKeyPair
        if let publicKey = try row.optionalText("conekta_public_key"),
            let sealed = try row.optionalBytes("conekta_private_sealed")
        {
            let context = SealingContext.conektaKey(empresaID: box.empresaID)
            pair = ConektaKeyPair(
                publicKey: publicKey,
                privateKey: try sealer.openText(Sealed(bytes: sealed), for: context)
            )
        } else if let defaultConektaKeys {
            pair = defaultConektaKeys
        } else {
            return nil
        }
        return .object([
            "public_key": .string(pair.publicKey), "private_key": .string(pair.privateKey.reveal()),
            "sends_shipping_contact": .bool(try row.bool("sends_shipping_contact")),
        ])
    }

    /// One that is not active stays, so that what was sold there goes on; nothing names it and nothing is sold there.
    private func routers(
        _ places: [SQLRow],
        of box: Box,
        at time: Timestamp,
        in session: any SQLSession
    ) throws -> [JSONValue] {
        let keys = try apiKeys(of: box, at: time, in: session)
        return try places.map { row in
            let id = try row.text("router_id")
            let context = SealingContext.routerPassword(empresaID: box.empresaID, routerID: id)
            let password = try sealer.openText(Sealed(bytes: try row.bytes("api_password_sealed")), for: context)
            var api: [String: JSONValue] = [
                "host": .string(try row.text("api_host")), "port": .integer(try row.integer("api_port")),
                "username": .string(try row.text("api_username")), "password": .string(password.reveal()),
            ]
            if let fingerprint = try row.optionalBytes("certificate_sha256") {
                api["certificate_sha256"] = .string(SHA256Digest.hexadecimal(of: fingerprint))
            }
            var router: [String: JSONValue] = [
                "id": .string(id), "name": .string(try row.text("name")), "api": .object(api),
                "api_keys": .array(keys[id] ?? []),
            ]
            if let server = try row.optionalText("hotspot_server") { router["hotspot_server"] = .string(server) }
            return .object(router)
        }
    }

    /// The keys that open something now, by router: a revoked key is simply not among them. One that was replaced ends by
    /// itself when its grace does, whether the box hears from us then or not.
    private func apiKeys(
        of box: Box,
        at time: Timestamp,
        in session: any SQLSession
    ) throws -> [String: [JSONValue]] {
        let rows = try session.query(
            """
            SELECT api_key.key_id, api_key.router_id, api_key.sha256, api_key.expires_at_ms, api_key.revoked_at_ms
            FROM api_key JOIN router
                ON router.empresa_id = api_key.empresa_id AND router.router_id = api_key.router_id
            WHERE api_key.empresa_id = $1 AND router.site_id = $2 AND router.is_active = 1 AND api_key.expires_at_ms > $3
                AND (api_key.revoked_at_ms IS NULL OR api_key.revoked_at_ms > $3)
            ORDER BY api_key.key_id
            """,
            [.text(box.empresaID), .text(box.siteID), .integer(time.milliseconds)]
        )
        return try rows.reduce(into: [:]) { keys, row in
            let expiresAt = min(try row.integer("expires_at_ms"), try row.optionalInteger("revoked_at_ms") ?? .max)
            let key: [String: JSONValue] = [
                "id": .string(try row.text("key_id")),
                "sha256": .string(SHA256Digest.hexadecimal(of: try row.bytes("sha256"))),
                "expires_at": .string(Timestamp(milliseconds: expiresAt).rfc3339),
            ]
            keys[try row.text("router_id"), default: []].append(.object(key))
        }
    }

    /// Who sells at the counters of the site's routers; one without a PIN cannot, and one who is disabled may not.
    private func cashiers(of box: Box, in session: any SQLSession) throws -> [JSONValue] {
        let rows = try session.query(
            """
            SELECT usuario.usuario_id, usuario.name, usuario.pin_hash, usuario_router.router_id
            FROM usuario JOIN usuario_router ON usuario_router.usuario_id = usuario.usuario_id
            JOIN router ON router.empresa_id = usuario.empresa_id AND router.router_id = usuario_router.router_id
            WHERE usuario.empresa_id = $1 AND router.site_id = $2 AND router.is_active = 1
                AND usuario.role = 'cajero' AND usuario.is_disabled = 0 AND usuario.pin_hash IS NOT NULL
            ORDER BY usuario.usuario_id, usuario_router.router_id
            """,
            [.text(box.empresaID), .text(box.siteID)]
        )
        var routers: [String: [JSONValue]] = [:]
        for row in rows { routers[try row.text("usuario_id"), default: []].append(.string(try row.text("router_id"))) }
        var seen: Set<String> = []
        return try rows.compactMap { row in
            let (id, hash) = (try row.text("usuario_id"), try row.text("pin_hash"))
            // A box takes no document with a hash it cannot read: better without this person than not at all.
            guard seen.insert(id).inserted, PasswordHash(hash) != nil else { return nil }
            return .object([
                "id": .string(id), "name": .string(try row.text("name")), "pin_hash": .string(hash),
                "router_ids": .array(routers[id] ?? []),
            ])
        }
    }

    /// What the site's routers sell; a product that is for other routers alone is left out.
    private func products(_ routers: [SQLRow], of box: Box, in session: any SQLSession) throws -> [JSONValue] {
        let active = try routers.filter { try $0.bool("is_active") }.map { JSONValue.string(try $0.text("router_id")) }
        guard !active.isEmpty else { return [] }
        let places = try session.query(
            """
            SELECT product_router.product_id, product_router.router_id, router.site_id, router.is_active
            FROM product_router JOIN router
                ON router.empresa_id = product_router.empresa_id AND router.router_id = product_router.router_id
            WHERE product_router.empresa_id = $1 ORDER BY product_router.router_id
            """,
            [.text(box.empresaID)]
        )
        var chosen: Set<Int64> = []
        var here: [Int64: [JSONValue]] = [:]
        for place in places {
            let id = try place.integer("product_id")
            chosen.insert(id)
            guard try place.text("site_id") == box.siteID, try place.bool("is_active") else { continue }
            here[id, default: []].append(.string(try place.text("router_id")))
        }
        return try session.query(
            """
            SELECT product_id, name, price_cents, currency, duration_seconds, clock, mikrotik_profile, position,
                is_featured, is_active, details, data_limit_bytes
            FROM product WHERE empresa_id = $1 AND is_deleted = 0 ORDER BY position, product_id
            """,
            [.text(box.empresaID)]
        ).compactMap { row in
            let id = try row.integer("product_id")
            if chosen.contains(id), here[id] == nil { return nil }
            return try Self.product(row, routerIDs: here[id] ?? (active.count < routers.count ? active : nil))
        }
    }

    private static func product(_ row: SQLRow, routerIDs: [JSONValue]?) throws -> JSONValue {
        var product: [String: JSONValue] = [
            "id": .integer(try row.integer("product_id")), "name": .string(try row.text("name")),
            "price_cents": .integer(try row.integer("price_cents")), "currency": .string(try row.text("currency")),
            "duration_seconds": .integer(try row.integer("duration_seconds")),
            "clock": .string(try row.text("clock")),
            "mikrotik_profile": .string(try row.text("mikrotik_profile")),
            "position": .integer(try row.integer("position")), "featured": .bool(try row.bool("is_featured")),
            "active": .bool(try row.bool("is_active")),
        ]
        if let routerIDs { product["router_ids"] = .array(routerIDs) }
        if let limit = try row.optionalInteger("data_limit_bytes") { product["data_limit_bytes"] = .integer(limit) }
        if let details = try row.optionalText("details") {
            product["details"] = try JSONDecoder().decode(JSONValue.self, from: Data(details.utf8))
        }
        return .object(product)
    }

    private static func object(_ members: [(String, String?)]) -> JSONValue {
        .object(members.reduce(into: [:]) { object, member in object[member.0] = member.1.map(JSONValue.string) })
    }
}
