import RouterOS
import Testing

@testable import RouterOSSimulator

@Suite struct QueryTests {
    private let row: [String: Word] = [
        ".id": "*1", "name": "F1", "disabled": "false", "uptime": "0s", "bytes-in": "1500", "comment": "a=b",
        "mac-address": "AA:BB:CC:DD:EE:FF",
    ]

    @Test(arguments: [
        // Properties that are there, or not.
        (["?name"], true), (["?email"], false), (["?-email"], true), (["?-name"], false),
        // Equality, in both forms, and a value that holds "=".
        (["?name=F1"], true), (["?=name=F1"], true), (["?name=F2"], false), (["?comment=a=b"], true),
        (["?.id=*1"], true), (["?email="], false),
        // Values are compared, not their spelling.
        (["?disabled=no"], true), (["?disabled=false"], true), (["?disabled=yes"], false),
        (["?uptime=00:00:00"], true), (["?uptime=0s"], true), (["?>uptime=1s"], false),
        (["?mac-address=aa-bb-cc-dd-ee-ff"], true),
        (["?>bytes-in=200"], true), (["?<bytes-in=200"], false), (["?<bytes-in=10000"], true),
        // Several are an implicit and.
        (["?name=F1", "?disabled=no"], true), (["?name=F1", "?disabled=yes"], false),
        // The stack.
        (["?name=F2", "?#!"], true), (["?name=F1", "?name=F2", "?#|"], true), (["?name=F2", "?name=F3", "?#|"], false),
        (["?name=F1", "?disabled=yes", "?#&"], false), (["?name=F1", "?disabled=yes", "?#&!"], true),
        (["?name=F1", "?name=F2", "?name=F3", "?#||"], true),
        // An index pushes a copy before an operation, or replaces the stack at the end of the word.
        (["?name=F2", "?name=F1", "?#0"], true), (["?name=F2", "?name=F1", "?#1"], false),
        (["?name=F1", "?name=F2", "?#1|"], true), (["?name=F1", "?name=F2", "?#1&"], false),
        (["?name=F2", "?#.!|"], true), (["?name=F2", "?#0."], false), (["?#!"], false), ([], true),
    ])
    func matches(words: [String], expected: Bool) {
        #expect(Query(words.map { Word($0) }).matches(row, MenuSchema.user) == expected)
    }

    @Test func onlyAQueryWithoutOperationsNamesItsRow() {
        #expect(Query(["?name=F1", "?disabled=no"]).requiredName == "F1")
        #expect(Query(["?=name=F1"]).requiredName == "F1")
        #expect(Query(["?name=F1", "?name=F2", "?#|"]).requiredName == nil)
        #expect(Query(["?<name=F1"]).requiredName == nil)
    }
}
