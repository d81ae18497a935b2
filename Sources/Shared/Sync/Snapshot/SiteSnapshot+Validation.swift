public import Foundation

extension SiteSnapshot {
    /// What Conekta charges to a card at least, in centavos of a peso (reference `conekta.md` §1).
    private static let minimumCardCents: Int64 = 300

    /// The largest document accepted, in bytes.
    public static let maximumBytes = 4 * 1_024 * 1_024

    /// Reads and checks a whole document.
    ///
    /// - Throws: `SiteSnapshotError` with every problem found, not only the first.
    public init(json: Data) throws(SiteSnapshotError) {
        guard json.count <= Self.maximumBytes else {
            throw SiteSnapshotError(problems: ["larger than \(Self.maximumBytes) bytes"])
        }
        do {
            self = try JSONDecoder().decode(SiteSnapshot.self, from: json)
        } catch let error as DecodingError {
            throw SiteSnapshotError(problems: [Self.place(of: error, in: json)])
        } catch {
            throw SiteSnapshotError(problems: [JSONProblem(json).text])
        }
        let problems = self.problems()
        guard problems.isEmpty else { throw SiteSnapshotError(problems: problems) }
    }

    /// What a schema cannot say: versions, references between the parts, uniqueness, ranges.
    private func problems() -> [String] {
        var problems: [String] = []
        if formatVersion != Self.formatVersion {
            problems.append("format_version is \(formatVersion), this box reads \(Self.formatVersion)")
        }
        for capability in requiredCapabilities ?? [] where !Self.capabilities.contains(capability) {
            problems.append("required_capabilities: \(capability) is not known to this box")
        }
        if snapshotVersion < 1 { problems.append("snapshot_version must be 1 or more") }
        if empresa.id.isEmpty || empresa.name.isEmpty { problems.append("empresa: id and name must not be empty") }
        if site.id.isEmpty || site.name.isEmpty { problems.append("site: id and name must not be empty") }
        // Foundation's table, so that the box needs no `tzdata` of its own.
        if TimeZone(identifier: site.timeZone) == nil {
            problems.append("site.time_zone is not a name of the IANA table, such as America/Mexico_City")
        }
        if let conekta, conekta.publicKey.isEmpty || conekta.privateKey.reveal().isEmpty {
            problems.append("conekta: both keys must be given, or the whole member left out")
        }
        return problems + routerProblems() + productProblems() + cashierProblems() + slipProblems() + resellerProblems()
    }

    private func routerProblems() -> [String] {
        var problems: [String] = []
        if routers.isEmpty { problems.append("routers: there must be at least one") }
        if Set(routers.map(\.id)).count != routers.count { problems.append("routers: ids must be unique") }
        let digests = routers.flatMap { $0.apiKeys.map(\.sha256) }
        if Set(digests).count != digests.count { problems.append("routers: one api key stands twice") }
        for (index, router) in routers.enumerated() {
            let place = "routers[\(index)]"
            if !Self.isPathSafe(router.id) { problems.append("\(place).id: 1 to 64 of a-z A-Z 0-9 _ -") }
            if router.name.isEmpty { problems.append("\(place).name must not be empty") }
            if router.api.host.isEmpty { problems.append("\(place).api.host must not be empty") }
            if !(1...65_535).contains(router.api.port) { problems.append("\(place).api.port must be 1 to 65535") }
            if router.api.username.isEmpty { problems.append("\(place).api.username must not be empty") }
            if router.hotspotServer?.isEmpty == true {
                problems.append("\(place).hotspot_server must not be empty; leave it out to sell on all servers")
            }
        }
        return problems
    }

    private func productProblems() -> [String] {
        var problems: [String] = []
        if Set(products.map(\.id)).count != products.count { problems.append("products: ids must be unique") }
        let routerIDs = Set(routers.map(\.id))
        for (index, product) in products.enumerated() {
            let place = "products[\(index)]"
            // Counted as a JSON schema counts, so that both say the same of every name.
            if product.name.isEmpty || product.name.unicodeScalars.count > 120 {
                problems.append("\(place).name: 1 to 120 characters")
            }
            if !(1...100_000_000).contains(product.priceCents) {
                problems.append("\(place).price_cents must be 1 to 100000000")
            } else if conekta != nil, product.isActive, product.price.currency == "MXN",
                product.priceCents < Self.minimumCardCents
            {
                problems.append("\(place).price_cents: Conekta takes no card for less than \(Self.minimumCardCents)")
            }
            if !(60...31_536_000).contains(product.durationSeconds) {
                problems.append("\(place).duration_seconds must be 60 to 31536000")
            }
            if let limit = product.dataLimitBytes, !(1_000_000...1_000_000_000_000_000).contains(limit) {
                problems.append("\(place).data_limit_bytes must be 1000000 to 1000000000000000")
            }
            if let currency = product.currency, !Self.isCurrency(currency) {
                problems.append("\(place).currency must be three capital letters")
            }
            if product.mikrotikProfile.isEmpty { problems.append("\(place).mikrotik_profile must not be empty") }
            for id in product.routerIDs ?? [] where !routerIDs.contains(id) {
                problems.append("\(place).router_ids: there is no router \(id)")
            }
        }
        return problems
    }

    private static func isCurrency(_ text: String) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }

    /// Whether an id can stand in a path of the box's pages.
    public static func isPathSafe(_ id: String) -> Bool {
        (1...64).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// Where and what, without the value: it may be a secret.
    private static func place(of error: DecodingError, in json: Data) -> String {
        func path(_ context: DecodingError.Context, adding key: (any CodingKey)? = nil) -> String {
            let keys = context.codingPath + (key.map { [$0] } ?? [])
            return keys.map { $0.intValue.map { "[\($0)]" } ?? "." + $0.stringValue }.joined()
        }
        switch error {
        case .keyNotFound(let key, let context): return "\(path(context, adding: key)) is missing"
        case .typeMismatch(_, let context): return "\(path(context)) has the wrong type"
        case .valueNotFound(_, let context): return "\(path(context)) is null"
        case .dataCorrupted(let context):
            guard !context.codingPath.isEmpty else { return JSONProblem(json).text }
            // Our own types say what they want; what Foundation says repeats the value.
            let isOurs = context.debugDescription.hasPrefix("not a")
            return "\(path(context)) is \(isOurs ? context.debugDescription : "none of the values allowed there")"
        @unknown default: return "not readable"
        }
    }
}
