import Purchasing
import Shared

// The steps of a ficha's life. Each throws and changes nothing where it does not begin; who takes one writes it down with
// its event in one transaction (`FichaStore`).
extension Ficha {
    /// Somebody paid for it. From now on it must work.
    mutating func sell(buyer: MACAddress? = nil, at moment: FichaMoment) throws(FichaError) {
        guard state == .minted else { throw .wrongState(state) }
        if let sellBy, moment.time >= sellBy { throw .sellByPassed }
        state = .sold
        soldAt = moment.wall
        buyerMACAddress = buyer
        routerState = .toPut
    }

    /// Its purchase is paid and the router has its user.
    mutating func deliver(to buyer: MACAddress?, at time: Timestamp) throws(FichaError) {
        guard state == .reserved else { throw .wrongState(state) }
        state = .sold
        soldAt = time
        buyerMACAddress = buyer
        routerState = .present
    }

    /// Its purchase does without it. Whatever is on the router is the purchase's to remove.
    mutating func release(at time: Timestamp) throws(FichaError) {
        guard state == .reserved else { throw .wrongState(state) }
        state = .voided
        endedAt = time
    }

    /// It is online on a device, for the first time or again.
    ///
    /// - Parameter sessionTime: How long it has been, by the router.
    /// - Returns: Whether that changed the ficha.
    @discardableResult
    mutating func use(
        on device: MACAddress?,
        sessionTime: Duration,
        at moment: FichaMoment
    ) throws(FichaError) -> Bool {
        guard state.isLive else { throw .wrongState(state) }
        let before = self
        if state == .sold {
            state = .active
            let began = moment.time - sessionTime
            // A clock put right in between must not start the time before it was bought.
            firstUsedAt = max(began, min(soldAt ?? began, moment.time))
            isTimeSynced = moment.isTimeSynced
            if product.clock == .corrido { expiresAt = firstUsedAt.map { $0 + totalTime } }
        }
        if let device, macAddress == nil { macAddress = device }
        return self != before
    }

    /// It goes to another device, by its code. The device it is on already costs nothing.
    mutating func move(to device: MACAddress) throws(FichaError) {
        guard state.isLive else { throw .wrongState(state) }
        guard device != macAddress else { return }
        if macAddress != nil {
            guard moves < Self.maximumMoves else { throw .movesUsedUp }
            moves += 1
        }
        macAddress = device
    }

    /// More time for a ficha that is in use or waits to be.
    mutating func extend(by time: Duration) throws(FichaError) {
        guard state.isLive else { throw .wrongState(state) }
        extraTime += time
        expiresAt = expiresAt.map { $0 + time }
        routerState = .toPut
    }

    /// Its time is over, its data is used up, or nobody bought it in time.
    mutating func expire(at moment: FichaMoment) throws(FichaError) {
        guard state == .active || state == .minted else { throw .wrongState(state) }
        end(.expired, at: moment)
    }

    /// It is taken back without money. A purchase under way is undone by the purchase, not here.
    mutating func void(at moment: FichaMoment) throws(FichaError) {
        guard state == .minted || state.isLive else { throw .wrongState(state) }
        end(.voided, at: moment)
    }

    /// It is taken back and its money with it.
    mutating func refund(at moment: FichaMoment) throws(FichaError) {
        guard state.isLive else { throw .wrongState(state) }
        end(.refunded, at: moment)
    }

    private mutating func end(_ end: FichaState, at moment: FichaMoment) {
        // Stock was never on the router.
        routerState = state.isLive ? .toRemove : .none
        state = end
        endedAt = moment.wall
    }
}
