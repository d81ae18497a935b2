import Foundation
import ServerKit
import Testing

@Suite struct JSONTextTests {
    @Test func `what is nested is set apart by commas, what is empty by nothing`() {
        var text = JSONText()
        text.object { text in
            text.member("count", 3)
            text.name("none")
            text.object { _ in }
            text.member("left_out", nil)
            text.name("lines")
            text.array([1, 2]) { text, line in
                text.object { $0.member("line", line) }
            }
            text.name("words")
            text.array(["a", "b"]) { $0.string($1) }
            text.member("last", "z")
        }
        #expect(
            String(decoding: text.bytes, as: UTF8.self)
                == #"{"count":3,"none":{},"lines":[{"line":1},{"line":2}],"words":["a","b"],"last":"z"}"#
        )
    }

    @Test func `any text is read back as it was, as a value and as a name`() throws {
        let texts =
            ["", "Plaza \"Norte\"", #"C:\fichas"#, "línea 1\nlínea 2\ttab\r", "\u{0}\u{1F}\u{7F}\u{2028}", "ñ 😀 漢"]
            + (0..<256).map { String(UnicodeScalar(UInt8($0))) }
        for value in texts {
            var text = JSONText()
            text.object { text in
                text.name(value)
                text.string(value)
            }
            let read = try JSONDecoder().decode([String: String].self, from: Data(text.bytes))
            #expect(read == [value: value])
        }
    }
}
