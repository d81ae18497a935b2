import Purchasing
import Shared
import Testing

@testable import EdgeAgent

/// Who waits for a purchase, and who waits for somebody to look at it.
@Suite struct PurchaseBoardTests {
    private let board = PurchaseBoard()
    private let id: PurchaseID = {
        var generator = SystemRandomNumberGenerator()
        return PurchaseID(using: &generator)
    }()

    @Test(.timeLimit(.minutes(1))) func `a driver goes on when somebody looks`() async {
        let board = board
        let id = id
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await board.waitForVisitor(id) }
            // The driver may not wait yet; a visitor comes back until it does, as the page does.
            group.addTask {
                while !Task.isCancelled {
                    board.visit(id)
                    await Task.yield()
                }
            }
            await group.next()
            group.cancelAll()
        }
    }

    @Test(.timeLimit(.minutes(1))) func `a driver that is cancelled goes on too`() async {
        let board = board
        let id = id
        let driver = Task { await board.waitForVisitor(id) }
        driver.cancel()
        await driver.value
    }

    @Test func `a visit to a purchase nobody drives does nothing`() {
        board.visit(id)
        #expect(board.progress(of: id) == nil)
    }
}
