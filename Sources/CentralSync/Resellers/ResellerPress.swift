import Shared

/// Who takes printed fichas at a site, as its document says it.
struct ResellerPress {
    let box: Box
    let session: any SQLSession

    /// One who is for other routers alone, or takes none any more, is left out. A router that is not active is still one
    /// of the site's, so that a place where nothing is sold now is not taken for none, which would mean all.
    ///
    /// - Throws: ``CentralDatabaseError``.
    func resellers() throws -> [JSONValue] {
        let places = try session.query(
            """
            SELECT reseller_router.reseller_id, reseller_router.router_id, router.site_id
            FROM reseller_router JOIN router
                ON router.empresa_id = reseller_router.empresa_id AND router.router_id = reseller_router.router_id
            WHERE reseller_router.empresa_id = $1 ORDER BY reseller_router.router_id
            """,
            [.text(box.empresaID)]
        )
        var chosen: Set<String> = []
        var here: [String: [JSONValue]] = [:]
        for place in places {
            let id = try place.text("reseller_id")
            chosen.insert(id)
            guard try place.text("site_id") == box.siteID else { continue }
            here[id, default: []].append(.string(try place.text("router_id")))
        }
        return try session.query(
            """
            SELECT reseller_id, name, contact, commission_bp FROM reseller
            WHERE empresa_id = $1 AND is_active = 1 ORDER BY name, reseller_id
            """,
            [.text(box.empresaID)]
        ).compactMap { row in
            let id = try row.text("reseller_id")
            if chosen.contains(id), here[id] == nil { return nil }
            var reseller: [String: JSONValue] = [
                "id": .string(id), "name": .string(try row.text("name")),
                "commission_bp": .integer(try row.integer("commission_bp")),
            ]
            if let contact = try row.optionalText("contact") { reseller["contact"] = .string(contact) }
            if let routerIDs = here[id] { reseller["router_ids"] = .array(routerIDs) }
            return .object(reseller)
        }
    }
}
