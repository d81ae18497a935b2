import Shared

/// What tells whether two requests to buy are one: known before the catalogue is asked, so that a request repeated after
/// its product was withdrawn still finds its purchase.
struct PurchaseFingerprint: Sendable {
    /// What makes two requests the same purchase: the key the buyer sent, or the token, which pays only once. Nil when
    /// neither says so.
    let idempotencyKey: String?
    /// The digest of everything that must be equal for a repeated key to be the same request.
    let digest: SHA256Digest

    init(_ order: PurchaseDesk.Order) {
        let token = order.buyer.cardToken.reveal()
        idempotencyKey =
            if let key = order.idempotencyKey {
                "key:\(order.router.id):\(key)"
            } else if token.hasPrefix("tok_test_") {
                // Conekta's test tokens may be used again and again (reference `conekta.md` §7).
                nil
            } else {
                "token:" + SHA256Digest(of: token).hexadecimal
            }
        let parts = [
            order.router.id, String(order.productID), token, order.buyer.name, order.buyer.email,
            order.claimedMACAddress?.description ?? "", order.connects ? "1" : "0",
        ]
        // Length-prefixed, so that no two different requests read the same.
        digest = SHA256Digest(of: parts.map { "\($0.utf8.count):\($0)" }.joined())
    }
}
