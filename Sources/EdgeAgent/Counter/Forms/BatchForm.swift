/// What is to be printed.
struct BatchForm: CounterForm {
    let formKey: String?
    let batchID: String?
    /// `router/product`.
    let shelf: String?
    /// Read as a text, because people type what they like.
    let count: String?

    enum CodingKeys: String, CodingKey {
        case formKey = "llave"
        case batchID = "lote"
        case shelf = "ficha"
        case count = "cuantas"
    }

    /// - Throws: ``CounterError/noCount``.
    func checkedCount() throws(CounterError) -> Int64 {
        guard let count = (count ?? "").split(separator: ",").joined().nonEmptyNumber, Batch.sizes.contains(count)
        else {
            throw .noCount
        }
        return count
    }

    var place: (routerID: String, productID: Int64)? {
        let parts = (shelf ?? "").split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let productID = Int64(parts[1]) else { return nil }
        return (String(parts[0]), productID)
    }
}

extension String {
    fileprivate var nonEmptyNumber: Int64? { Int64(split { $0.isWhitespace }.joined()) }
}
