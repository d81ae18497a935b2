import FoundationEssentials
import ServerKit
import Shared

/// The place in a list after which its next part begins: the sort keys of the last row shown. Opaque to clients, and no
/// more to be trusted than anything else they send.
struct PageCursor: Sendable, Equatable {
    let keys: [String]

    init(_ keys: String...) {
        self.keys = keys
    }

    init?(text: String) {
        guard text.utf8.count <= 1_024, let bytes = Base64URL.decode(text[...]),
            let keys = try? JSONDecoder().decode([String].self, from: Data(bytes))
        else { return nil }
        self.keys = keys
    }

    var text: String {
        // Encoding texts cannot fail; an empty cursor would be refused when it comes back.
        (try? JSONEncoder().encode(keys)).map(Base64URL.encode) ?? ""
    }

    /// - Throws: `APIError` 422 when the cursor belongs to another list.
    func text(_ index: Int) throws(APIError) -> String {
        guard keys.indices.contains(index) else { throw .invalidCursor }
        return keys[index]
    }

    /// - Throws: `APIError` 422 when the cursor belongs to another list.
    func integer(_ index: Int) throws(APIError) -> Int64 {
        guard let value = Int64(try text(index)) else { throw .invalidCursor }
        return value
    }
}
