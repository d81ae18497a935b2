import Foundation
import Shared
import TestSupport
import Testing

@testable import CentralSync

@Suite struct BusinessCalendarTests {
    /// Zones of whole, half and quarter hours, with and without summer time.
    @Test(arguments: [
        "America/Mexico_City", "America/Tijuana", "Asia/Kathmandu", "Asia/Kolkata", "Australia/Lord_Howe",
    ])
    func `it says what each sale's own day is, whatever came before`(zoneName: String) throws {
        let zone = try #require(TimeZone(identifier: zoneName))
        var generator = SplitMix64(seed: 7)
        var calendar = BusinessCalendar(timeZone: zone)
        // Two years from 2026, now a step of seconds and now one of months, also back.
        var time = Timestamp(seconds: 1_767_225_600)
        for _ in 0..<4_000 {
            let step = Int64.random(in: -600_000...900_000, using: &generator)
            let isFar = Int.random(in: 0..<10, using: &generator) == 0
            time = time + .milliseconds(isFar ? step * 200 : step)
            #expect(calendar.day(of: time) == BusinessDay(of: time, in: zone), "\(zoneName) \(time)")
        }
        #expect(calendar.day(of: Timestamp(milliseconds: -1)) == BusinessDay(of: Timestamp(milliseconds: -1), in: zone))
    }
}
