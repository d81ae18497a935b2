import Glibc
import Shared
import Testing

@testable import ServerKit

struct ProcessMetricsTests {
    private func value(_ name: String) throws -> Double {
        let samples = ProcessMetrics(startedAt: Timestamp(milliseconds: 1_500)).samples()
        return try #require(samples.first { $0.name == name }).value
    }

    @Test func theStartIsInSeconds() throws {
        #expect(try value("process_start_time_seconds") == 1.5)
    }

    @Test func memoryIsInBytes() throws {
        // More than any process of ours needs to exist, less than the machine could hold.
        #expect(try (1_000_000..<64_000_000_000).contains(value("process_resident_memory_bytes")))
    }

    @Test func openFilesAreCounted() throws {
        // Enough to stand out from what other tests open and close meanwhile.
        let opened = (0..<200).map { _ in open("/dev/null", O_RDONLY | O_CLOEXEC) }
        let with = try value("process_open_fds")
        for descriptor in opened { close(descriptor) }
        #expect(with >= 200)
        #expect(try value("process_open_fds") < with - 50)
    }
}
