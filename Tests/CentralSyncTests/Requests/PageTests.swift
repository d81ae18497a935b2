import Testing

@testable import CentralSync

@Suite struct PageTests {
    @Test func `a cursor comes back as it went`() throws {
        let cursor = PageCursor("maría@correo.mx", "7")
        let read = try #require(PageCursor(text: cursor.text))
        #expect(read == cursor)
        #expect(try read.text(0) == "maría@correo.mx")
        #expect(try read.integer(1) == 7)
        #expect(throws: (any Error).self) { try read.integer(0) }
        #expect(throws: (any Error).self) { try read.text(2) }
    }

    @Test(arguments: ["x", "e30", "WzFd", "", "====", String(repeating: "A", count: 2_000)])
    func `what is no cursor is refused`(text: String) {
        #expect(PageCursor(text: text) == nil)
    }
}
