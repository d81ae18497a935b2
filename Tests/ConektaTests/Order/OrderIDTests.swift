import Conekta
import Foundation
import Testing

@Suite struct OrderIDTests {
    @Test(arguments: ["ord_2znsF4cv7L8sWnRya", "a", "A-9", String(repeating: "a", count: 64)])
    func accepted(text: String) throws {
        let id = try #require(OrderID(text))
        #expect("\(id)" == text)
        #expect(try JSONDecoder().decode([OrderID].self, from: JSONEncoder().encode([id])) == [id])
    }

    @Test(arguments: ["", "ord/1", "ord 1", "ord_1?x", "..", "ord_ñ", "ord_1\n", String(repeating: "a", count: 65)])
    func refused(text: String) {
        #expect(OrderID(text) == nil)
    }
}
