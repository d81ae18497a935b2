import Testing

@testable import Postgres

@Suite struct StatementCacheTests {
    @Test func `the statement longest unused makes way`() {
        var cache = StatementCache(capacity: 2)
        #expect(cache.name(of: "a") == nil)
        #expect(cache.insert("a", name: cache.newName()) == nil)
        #expect(cache.insert("b", name: cache.newName()) == nil)
        #expect(cache.name(of: "a") == "s1")
        #expect(cache.insert("c", name: cache.newName()) == "s2")
        #expect(cache.name(of: "b") == nil)
        #expect(cache.name(of: "a") == "s1")
        #expect(cache.name(of: "c") == "s3")
    }

    @Test func `a name is never given twice`() {
        var cache = StatementCache(capacity: 1)
        let names = (0..<10).map { number in
            let name = cache.newName()
            _ = cache.insert("\(number)", name: name)
            return name
        }
        #expect(Set(names).count == 10)
    }
}
