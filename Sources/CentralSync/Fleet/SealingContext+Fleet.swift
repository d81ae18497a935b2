extension SealingContext {
    static func conektaKey(empresaID: String) -> SealingContext {
        SealingContext(table: "empresa", column: "conekta_private_sealed", row: empresaID)
    }

    static func routerPassword(empresaID: String, routerID: String) -> SealingContext {
        SealingContext(table: "router", column: "api_password_sealed", row: "\(empresaID)/\(routerID)")
    }

    /// Of site documents.
    static let signingKey = SealingContext(table: "centre_key", column: "sealed", row: "snapshot")
}
