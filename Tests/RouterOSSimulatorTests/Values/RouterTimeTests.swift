import Testing

@testable import RouterOSSimulator

@Suite struct RouterTimeTests {
    @Test(arguments: [
        ("0s", 0), ("1h", 3_600_000), ("90m", 5_400_000), ("1w2d3h4m5s", 788_645_000), ("100ms", 100),
        ("01:22:53", 4_973_000), ("1d02:03:04", 93_784_000), ("00:00:00", 0), ("3600", 3_600_000), ("3600s", 3_600_000),
    ])
    func reads(text: String, milliseconds: Int) {
        #expect(RouterTime.parse(text) == .milliseconds(milliseconds))
    }

    @Test(arguments: ["", "x", "none", "1x", "1:2:3:4", "1h5", "00:61:00", "-1s", "9999999999s", "h", "1h:"])
    func refuses(text: String) {
        #expect(RouterTime.parse(text) == nil)
    }

    @Test(arguments: [
        (0, "0s", "00:00:00"), (100, "100ms", "00:00:00"), (1_500, "1s", "00:00:01"), (86_400_000, "1d", "1d00:00:00"),
        (604_800_000, "1w", "7d00:00:00"), (93_784_000, "1d2h3m4s", "1d02:03:04"), (4_973_000, "1h22m53s", "01:22:53"),
    ])
    func writes(milliseconds: Int, units: String, clock: String) {
        #expect(RouterTime.units(.milliseconds(milliseconds)) == units)
        #expect(RouterTime.clock(.milliseconds(milliseconds)) == clock)
    }

    @Test func versionsAreOrderedByNumber() {
        #expect(RouterOSVersion("7.9") < RouterOSVersion("7.18"))
        #expect(RouterOSVersion("6.49.17") < RouterOSVersion("7.1"))
        #expect(RouterOSVersion(String("7")) == nil)
        #expect(RouterOSVersion(String("7.x")) == nil)
        #expect(RouterOSVersion("6.45.1").description == "6.45.1")
    }
}
