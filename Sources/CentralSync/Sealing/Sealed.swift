/// A secret that only this centre can read, as the database keeps it.
struct Sealed: Sendable, Equatable {
    /// For the database: a version, the name of the key, a nonce, the ciphertext and its tag.
    let bytes: [UInt8]

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}

extension Sealed: CustomStringConvertible, CustomReflectable {
    var description: String { "sealed (\(bytes.count) bytes)" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
