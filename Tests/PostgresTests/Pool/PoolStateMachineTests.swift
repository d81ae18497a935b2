import TestSupport
import Testing

@testable import Postgres

/// The pool's decisions as transcripts: what happens, and what is answered.
@Suite struct PoolStateMachineTests {
    private let failure = PostgresError.cannotConnect(reason: "test")

    private func machine(limit: Int) -> PoolStateMachine {
        PoolStateMachine(
            limit: limit,
            backoff: Backoff(initial: .seconds(1), maximum: .seconds(4)) { 1 }
        )
    }

    @Test func `connections are made when they are needed, up to the limit`() {
        var pool = machine(limit: 2)
        #expect(pool.borrow(1, now: .zero) == .waitAndConnect(1))
        #expect(pool.borrow(2, now: .zero) == .waitAndConnect(2))
        #expect(pool.borrow(3, now: .zero) == .wait)
        #expect(pool.connected(2) == .lend(2, to: 1))
        #expect(pool.connected(1) == .lend(1, to: 2))
        #expect(pool.occupancy == PostgresPoolOccupancy(connections: 2, lent: 2, waiting: 1))
        #expect(pool.giveBack(1, isReusable: true) == .lend(1, to: 3))
        #expect(pool.giveBack(2, isReusable: true) == .keep)
        #expect(pool.borrow(4, now: .zero) == .lend(2))
    }

    @Test func `who waits is served in the order of coming`() {
        var pool = machine(limit: 1)
        #expect(pool.borrow(1, now: .zero) == .waitAndConnect(1))
        #expect(pool.connected(1) == .lend(1, to: 1))
        for waiter in 2...5 { #expect(pool.borrow(waiter, now: .zero) == .wait) }
        #expect(pool.giveUp(3) == true)
        #expect(pool.giveUp(3) == false)
        #expect(pool.giveBack(1, isReusable: true) == .lend(1, to: 2))
        #expect(pool.giveBack(1, isReusable: true) == .lend(1, to: 4))
        #expect(pool.giveBack(1, isReusable: true) == .lend(1, to: 5))
        #expect(pool.giveBack(1, isReusable: true) == .keep)
    }

    @Test func `a broken connection is replaced once it is closed`() {
        var pool = machine(limit: 1)
        _ = pool.borrow(1, now: .zero)
        _ = pool.connected(1)
        #expect(pool.borrow(2, now: .zero) == .wait)
        #expect(pool.giveBack(1, isReusable: false) == .close(1))
        #expect(pool.closed(1, now: .zero) == .open(2))
        #expect(pool.connected(2) == .lend(2, to: 2))
        #expect(pool.giveBack(2, isReusable: false) == .close(2))
        #expect(pool.closed(2, now: .zero) == .nothing)
    }

    @Test func `without a server everybody is told at once, and it is tried again after a pause`() {
        var pool = machine(limit: 2)
        _ = pool.borrow(1, now: .zero)
        _ = pool.borrow(2, now: .zero)
        #expect(pool.connectFailed(1, failure, now: .zero) == [])
        #expect(pool.connectFailed(2, failure, now: .zero) == [1, 2])
        #expect(pool.borrow(3, now: .seconds(1)) == .refuse(failure))
        #expect(pool.borrow(4, now: .seconds(2)) == .waitAndConnect(3))
        #expect(pool.connectFailed(3, failure, now: .seconds(2)) == [4])
        #expect(pool.borrow(5, now: .seconds(5)) == .refuse(failure))
        #expect(pool.borrow(6, now: .seconds(6)) == .waitAndConnect(4))
        #expect(pool.connected(4) == .lend(4, to: 6))
        #expect(pool.borrow(7, now: .seconds(6)) == .waitAndConnect(5))
    }

    @Test func `while a connection is left, its return is waited for`() {
        var pool = machine(limit: 2)
        _ = pool.borrow(1, now: .zero)
        _ = pool.connected(1)
        #expect(pool.borrow(2, now: .zero) == .waitAndConnect(2))
        #expect(pool.connectFailed(2, failure, now: .zero) == [])
        #expect(pool.borrow(3, now: .zero) == .wait)
        #expect(pool.giveBack(1, isReusable: true) == .lend(1, to: 2))
        #expect(pool.giveBack(1, isReusable: false) == .close(1))
        #expect(pool.closed(1, now: .zero) == .refuse([3], failure))
    }

    @Test func `closing tells who waits and ends when all is given back`() {
        var pool = machine(limit: 2)
        _ = pool.borrow(1, now: .zero)
        _ = pool.borrow(2, now: .zero)
        _ = pool.connected(1)
        _ = pool.connected(2)
        #expect(pool.giveBack(2, isReusable: true) == .keep)
        let (waiters, idle) = pool.close()
        #expect(waiters == [] && idle == [2])
        #expect(pool.borrow(3, now: .zero) == .refuse(.poolClosed))
        #expect(pool.closed(2, now: .zero) == .nothing)
        #expect(!pool.isOver)
        #expect(pool.giveBack(1, isReusable: true) == .close(1))
        #expect(pool.closed(1, now: .zero) == .nothing)
        #expect(pool.isOver)
    }

    @Test func `a connection made while closing is closed`() {
        var pool = machine(limit: 1)
        _ = pool.borrow(1, now: .zero)
        #expect(pool.close().waiters == [1])
        #expect(pool.connected(1) == .close(1))
        #expect(!pool.isOver)
        #expect(pool.closed(1, now: .zero) == .nothing)
        #expect(pool.isOver)
    }

    /// Any order of events: never more connections than allowed, and nobody is served before who came earlier.
    @Test(arguments: UInt64(0)..<50) func `random events keep the promises`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var pool = machine(limit: 3)
        var (lent, connecting, closing): (Set<Int>, Set<Int>, Set<Int>) = ([], [], [])
        var (now, next, lastServed) = (Duration.zero, 0, 0)
        func note(_ action: PoolStateMachine.FreeAction, of connection: Int) {
            switch action {
            case .keep: break
            case .close(let id): closing.insert(id)
            case .lend(let id, let waiter):
                lent.insert(id)
                #expect(waiter > lastServed, "seed \(seed)")
                lastServed = waiter
            }
        }
        for _ in 0..<500 {
            now += .milliseconds(Int64.random(in: 0...500, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1:
                next += 1
                switch pool.borrow(next, now: now) {
                case .lend(let id):
                    lent.insert(id)
                    lastServed = next
                case .waitAndConnect(let id): connecting.insert(id)
                case .wait, .refuse: break
                }
            case 2:
                guard let id = connecting.randomElement(using: &random) else { continue }
                connecting.remove(id)
                if Bool.random(using: &random) {
                    note(pool.connected(id), of: id)
                } else {
                    lastServed = max(lastServed, pool.connectFailed(id, failure, now: now).last ?? 0)
                }
            case 3, 4:
                guard let id = lent.randomElement(using: &random) else { continue }
                lent.remove(id)
                note(pool.giveBack(id, isReusable: Int.random(in: 0..<4, using: &random) > 0), of: id)
            default:
                guard let id = closing.randomElement(using: &random) else { continue }
                closing.remove(id)
                switch pool.closed(id, now: now) {
                case .nothing: break
                case .open(let id): connecting.insert(id)
                case .refuse(let waiters, _): lastServed = max(lastServed, waiters.last ?? 0)
                }
            }
            #expect(pool.occupancy.connections <= 3, "seed \(seed)")
            #expect(pool.occupancy.lent == lent.count, "seed \(seed)")
            // Nobody waits for nothing.
            #expect(
                pool.occupancy.waiting == 0 || !(lent.isEmpty && connecting.isEmpty && closing.isEmpty),
                "seed \(seed)"
            )
        }
    }
}
