import CoreMetrics
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

@testable import ServerKit

struct PrometheusRegistryTests {
    private let registry = PrometheusRegistry()

    @Test func nothingIsEmpty() {
        #expect(registry.text() == "")
    }

    @Test func countersAndGauges() {
        Counter(label: "fichas.sold_total", dimensions: [("channel", "card")], factory: registry).increment(by: 3)
        Counter(label: "fichas.sold_total", dimensions: [("channel", "card")], factory: registry).increment()
        Counter(label: "fichas.sold_total", dimensions: [("channel", "cash")], factory: registry).increment()
        FloatingPointCounter(label: "waited_seconds_total", factory: registry).increment(by: 0.25)
        Gauge(label: "queue", factory: registry).record(7)
        Gauge(label: "queue", factory: registry).record(-2.5)
        let meter = Meter(label: "active", factory: registry)
        meter.set(10)
        meter.increment(by: 2)
        meter.decrement(by: 5)
        #expect(
            registry.text() == """
                # TYPE active gauge
                active 7
                # TYPE fichas_sold_total counter
                fichas_sold_total{channel="card"} 4
                fichas_sold_total{channel="cash"} 1
                # TYPE queue gauge
                queue -2.5
                # TYPE waited_seconds_total counter
                waited_seconds_total 0.25

                """
        )
    }

    @Test func whatIsNamedIsExplainedAndWhatIsReadMayCount() {
        let registry = PrometheusRegistry(help: ["queue": "Who waits,\nand \\ how long."])
        Gauge(label: "queue", factory: registry).record(1)
        registry.onScrape { [PrometheusSample("ended_total", value: 3, isCounter: true)] }
        #expect(
            registry.text() == #"""
                # TYPE ended_total counter
                ended_total 3
                # HELP queue Who waits,\nand \\ how long.
                # TYPE queue gauge
                queue 1

                """#
        )
    }

    @Test func timersAreHistogramsInSeconds() {
        let timer = Timer(label: "request_seconds", dimensions: [("route", "/")], factory: registry)
        for milliseconds in [1, 5, 6, 90_001] { timer.recordMilliseconds(milliseconds) }
        #expect(
            registry.text() == """
                # TYPE request_seconds histogram
                request_seconds_bucket{route="/",le="0.005"} 2
                request_seconds_bucket{route="/",le="0.01"} 3
                request_seconds_bucket{route="/",le="0.025"} 3
                request_seconds_bucket{route="/",le="0.05"} 3
                request_seconds_bucket{route="/",le="0.1"} 3
                request_seconds_bucket{route="/",le="0.25"} 3
                request_seconds_bucket{route="/",le="0.5"} 3
                request_seconds_bucket{route="/",le="1"} 3
                request_seconds_bucket{route="/",le="2.5"} 3
                request_seconds_bucket{route="/",le="5"} 3
                request_seconds_bucket{route="/",le="10"} 3
                request_seconds_bucket{route="/",le="30"} 3
                request_seconds_bucket{route="/",le="90"} 3
                request_seconds_bucket{route="/",le="+Inf"} 4
                request_seconds_sum{route="/"} 90.013
                request_seconds_count{route="/"} 4

                """
        )
    }

    @Test func recordersThatAggregateGiveSumAndCount() {
        let recorder = Recorder(label: "rows", factory: registry)
        recorder.record(2)
        recorder.record(40.5)
        #expect(
            registry.text() == """
                # TYPE rows histogram
                rows_bucket{le="+Inf"} 2
                rows_sum 42.5
                rows_count 2

                """
        )
    }

    @Test func labelsAreEscapedAndNamesMadeValid() {
        let labels = [("we.ird:", "a\"b\\c\nd é")]
        Gauge(label: "1 mé-tric", dimensions: labels, factory: registry).record(1)
        #expect(registry.text() == "# TYPE _1_m___tric gauge\n_1_m___tric{we_ird_=\"a\\\"b\\\\c\\nd é\"} 1\n")
    }

    @Test func numbersAreWrittenAsPrometheusReadsThem() {
        let numbers: [(Double, String)] = [
            (0, "0"), (-0.0, "0"), (1, "1"), (1.5, "1.5"), (1e15, "1000000000000000"), (1e300, "1e+300"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        ]
        for (number, text) in numbers { #expect(PrometheusText.number(number) == text) }
    }

    @Test func countersDoNotGoBack() {
        let counter = FloatingPointCounter(label: "c", factory: registry)
        counter.increment(by: 1)
        counter.increment(by: Double.nan)
        registry.makeCounter(label: "c", dimensions: []).increment(by: -5)
        #expect(registry.text() == "# TYPE c counter\nc 1\n")
    }

    @Test func aNameUsedForTwoKindsStaysTheFirst() {
        Counter(label: "twice", factory: registry).increment()
        Gauge(label: "twice", factory: registry).record(9)
        registry.onScrape { [PrometheusSample("twice", value: 5)] }
        #expect(registry.text() == "# TYPE twice counter\ntwice 1\n")
    }

    @Test func whatIsDestroyedIsGone() {
        let first = Counter(label: "c", dimensions: [("a", "1")], factory: registry)
        let second = Counter(label: "c", dimensions: [("a", "2")], factory: registry)
        first.destroy()
        #expect(registry.text() == "# TYPE c counter\nc{a=\"2\"} 0\n")
        second.destroy()
        #expect(registry.text() == "")
    }

    @Test func samplesAreReadAtEachScrape() {
        let reads = Mutex(0)
        registry.onScrape {
            let read = reads.withLock { reads in
                reads += 1
                return reads
            }
            return [
                PrometheusSample("b", labels: [("x", "2")], value: Double(read)),
                PrometheusSample("a", value: 1), PrometheusSample("b", labels: [("x", "1")], value: 0),
            ]
        }
        _ = registry.text()
        #expect(registry.text() == "# TYPE a gauge\na 1\n# TYPE b gauge\nb{x=\"1\"} 0\nb{x=\"2\"} 2\n")
    }

    @Test func manyWritersLoseNothing() async {
        await withDiscardingTaskGroup { group in
            for worker in 0..<8 {
                group.addTask { [registry] in
                    for _ in 0..<500 {
                        Counter(label: "hits", factory: registry).increment()
                        Timer(label: "t", dimensions: [("w", "\(worker)")], factory: registry).recordSeconds(1)
                    }
                }
            }
        }
        #expect(registry.text().contains("\nhits 4000\n"))
        #expect(registry.text().contains("t_count{w=\"7\"} 500\n"))
    }

    @Test func theRouteAnswersTheTextFormat() async throws {
        let test = ServerTest()
        MetricsController(registry: registry).addRoutes(to: test.router)
        Counter(label: "c", factory: registry).increment()
        let response = try await test.request("/metrics")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(response.text == registry.text())
    }
}
