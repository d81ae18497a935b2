import FoundationEssentials
import ServerKit
import Shared

/// The site document in force, with what is answered from it made once.
struct ActiveSite: Sendable {
    /// Why a key opens nothing. Only who has no key at all learns more than "no".
    enum KeyRefusal: Error {
        case missing, unknown, expired
    }

    let snapshot: SiteSnapshot
    /// The JSON catalogue of each router, by its id.
    let catalogues: [String: Precomputed]
    private let keys: [SHA256Digest: (key: SiteSnapshot.Router.APIKey, router: SiteSnapshot.Router)]

    /// - Throws: What encoding the catalogues throws; a checked document's can be encoded.
    init(_ snapshot: SiteSnapshot) throws {
        self.snapshot = snapshot
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        catalogues = try snapshot.routers.reduce(into: [:]) { catalogues, router in
            let body = try encoder.encode(CatalogueBody(snapshot.catalogue(routerID: router.id)))
            catalogues[router.id] = try Precomputed(Array(body), contentType: "application/json; charset=utf-8")
        }
        keys = snapshot.routers.reduce(into: [:]) { keys, router in
            for key in router.apiKeys { keys[key.sha256] = (key, router) }
        }
    }

    /// The router a key names. The box cannot make keys: it knows them by their digest only.
    func router(apiKey: String?, now: Timestamp) throws(KeyRefusal) -> SiteSnapshot.Router {
        guard let apiKey, !apiKey.isEmpty else { throw .missing }
        // A key of ours is a JWT of a few hundred bytes; nothing longer is worth hashing.
        guard apiKey.hasPrefix("jwt_"), apiKey.utf8.count <= 4_096,
            let known = keys[SHA256Digest(of: apiKey)]
        else { throw .unknown }
        guard now < known.key.expiresAt else { throw .expired }
        return known.router
    }

    /// The product, if the router sells it.
    func product(_ id: Int64, routerID: String) -> SiteSnapshot.Product? {
        snapshot.catalogue(routerID: routerID).first { $0.id == id }
    }
}
