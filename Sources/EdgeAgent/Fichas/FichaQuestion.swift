/// What is asked about fichas over and over, as conditions of SQL. Each has an index over what it is about, so that none
/// grows with what was ever sold.
enum FichaQuestion: String, CaseIterable {
    /// Running time that is over by a time.
    case over = """
        WHERE state = 'active' AND expires_at_ms IS NOT NULL AND expires_at_ms <= ? ORDER BY expires_at_ms LIMIT ?
        """
    /// Stock nobody bought by a time.
    case unsold = """
        WHERE state = 'minted' AND sell_by_ms IS NOT NULL AND sell_by_ms <= ? ORDER BY sell_by_ms LIMIT ?
        """
    /// What ends next.
    case nextEnd = "WHERE state = 'active' AND expires_at_ms IS NOT NULL ORDER BY expires_at_ms LIMIT 1"
    /// What a router has to be told. Ends go first: they give away time. Then what was sold last: whoever just bought does not
    /// wait for thousands that were handed over before.
    case routerWork = """
        WHERE router_id = ? AND router_state IN ('to_put', 'to_remove')
        ORDER BY router_state DESC, sold_at_ms DESC LIMIT ?
        """
    /// What gets somebody online at a router.
    case live = "WHERE router_id = ? AND state IN ('sold', 'active')"
    /// What is in use at a router on a phone that is known.
    case inUse = "WHERE router_id = ? AND mac_address IS NOT NULL AND state = 'active'"
    /// What works on a phone.
    case ofPhone = "WHERE mac_address = ? AND router_id = ? AND state IN ('sold', 'active')"
    /// What a phone bought and nobody has used.
    case ofBuyer = """
        WHERE buyer_mac_address = ? AND router_id = ? AND state IN ('sold', 'active') AND mac_address IS NULL
        """
    /// What was begun on a clock that was not confirmed.
    case ofUnsyncedTime = "WHERE is_time_synced = 0 AND state = 'active'"
}
