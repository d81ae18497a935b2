import TestSupport
import Testing

@testable import RouterOS

struct RouterOSDurationTests {
    @Test(arguments: [
        ("1w2d3h4m5s100ms", Duration.milliseconds(788_645_100)),
        ("0s", .zero),
        ("1h", .seconds(3_600)),
        ("90m", .seconds(5_400)),
        ("1w", .seconds(604_800)),
        ("24h", .seconds(86_400)),
        ("2d23h59m", .seconds(259_140)),
        ("100ms", .milliseconds(100)),
        ("01:22:53", .seconds(4_973)),
        ("00:00:00", .zero),
        ("1d02:03:04", .seconds(93_784)),
        ("2w1d00:00:01", .seconds(1_296_001)),
        ("00:00:01.5", .milliseconds(1_500)),
        ("00:00:00.25", .milliseconds(250)),
        ("00:00:00.123456", .milliseconds(123)),
        ("3600", .seconds(3_600)),
        ("0", .zero),
        ("3600s", .seconds(3_600)),
    ])
    func `both of the router's forms are read`(text: String, duration: Duration) {
        #expect(RouterOSDuration(text)?.duration == duration)
    }

    @Test(arguments: [
        "", "none", "never", "h", "1x", "1h2", "-1h", " 1h", "1:2", "1:2:3:4", "a:b:c", "::", "1d2:3", "00:00:00.",
        "00:00:00.x",
        "1.5h", "１h", "99999999999999999999h", "1h 2m", "unlimited",
    ])
    func `what is no time is none`(text: String) {
        #expect(RouterOSDuration(text) == nil)
    }

    @Test(arguments: [
        (Duration.zero, "0s"),
        (.seconds(-5), "0s"),
        (.seconds(3_600), "1h"),
        (.seconds(86_400), "1d"),
        (.seconds(604_800), "1w"),
        (.milliseconds(788_645_100), "1w2d3h4m5s100ms"),
        (.milliseconds(1), "1ms"),
        (.microseconds(1_999), "1ms"),
    ])
    func `times are written as newer routers write them`(duration: Duration, text: String) {
        #expect(RouterOSDuration(duration).description == text)
    }

    @Test(arguments: UInt64(0)..<50)
    func `any time comes back`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<50 {
            let duration = RouterOSDuration(.milliseconds(Int64.random(in: 0...10_000_000_000, using: &generator)))
            #expect(RouterOSDuration(duration.description) == duration, "seed \(seed), \(duration)")
        }
    }
}
