import HTTPTypes
import Hummingbird
import ServerKit

/// The version of a resource as `ETag` says it: `"v7"`.
struct EntityTag: Sendable, Equatable {
    let version: Int64

    var text: String { "\"v\(version)\"" }

    /// The fields of an answer that holds this version.
    var fields: HTTPFields { [.eTag: text] }
}

/// The version a client means to change: `If-Match`, without which two people could overwrite each other silently.
struct IfMatch: Sendable, Equatable {
    /// Nil: whatever it is now (`*`).
    private let tags: [String]?

    /// - Throws: `APIError` 428 when the field is missing.
    init(_ request: Request) throws(APIError) {
        guard let field = request.headers[.ifMatch] else {
            throw APIError(
                .preconditionRequired,
                code: "if_match_required",
                message: "Envía en If-Match el ETag de lo que leíste antes de cambiarlo."
            )
        }
        let tags = field.split(separator: ",").map { tag in
            // A proxy that compresses makes our tags weak; they name versions, so that changes nothing.
            let text = tag.filter { $0 != " " }
            return text.hasPrefix("W/") ? String(text.dropFirst(2)) : text
        }
        self.tags = tags.contains("*") ? nil : tags
    }

    /// - Throws: `APIError` 412 when it is another version by now.
    func check(_ version: Int64) throws(APIError) {
        guard let tags, !tags.contains(EntityTag(version: version).text) else { return }
        throw APIError(
            .preconditionFailed,
            code: "version_conflict",
            message: "Alguien lo cambió mientras tanto. Vuelve a leerlo y repite tu cambio."
        )
    }
}
