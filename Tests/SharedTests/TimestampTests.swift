import Foundation
import Shared
import TestSupport
import Testing

@Suite struct TimestampTests {
    /// Foundation reads the same form in its own way: beside it stands ours.
    private static func foundation(_ text: String) -> Int64? {
        (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text)).map { Timestamp($0).milliseconds }
    }

    @Test func `times of all years are read as they are written`() {
        var generator = SplitMix64(seed: 5)
        let last = Timestamp(seconds: 253_402_300_799).milliseconds
        for _ in 0..<3_000 {
            let time = Timestamp(milliseconds: Int64.random(in: 0...last, using: &generator))
            #expect(Timestamp(rfc3339: time.rfc3339) == time)
            #expect(Self.foundation(time.rfc3339) == time.milliseconds)
        }
    }

    @Test(arguments: [
        "2024-02-29T00:00:00.000Z", "2000-02-29T23:59:59.999Z", "1970-01-01T00:00:00.000Z", "2100-03-01T00:00:00.000Z",
        "2026-12-31T23:59:59.000Z",
    ])
    func `days at the edges of the calendar`(text: String) throws {
        let time = try #require(Timestamp(rfc3339: text))
        #expect(time.rfc3339 == text && time.milliseconds == Self.foundation(text))
    }

    @Test(arguments: [
        "2026-13-01T00:00:00.000Z", "2026-00-10T00:00:00.000Z", "2026-11-22T16:10:0x.000Z", "2026-11-22 16:10:09.00Z",
        "",
    ])
    func `what is no time is none`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }
}
