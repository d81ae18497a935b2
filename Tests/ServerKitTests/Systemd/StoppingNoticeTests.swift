import Logging
import ServiceLifecycle
import TestSupport
import Testing

@testable import ServerKit

@Suite(.timeLimit(.minutes(1))) struct StoppingNoticeTests {
    /// Says that its group runs, and what systemd had been told when its own end began.
    private struct Worker: Service {
        let socket: NotifySocket
        let events: AsyncStream<[String]>.Continuation

        func run() async throws {
            events.yield(socket.messages())
            try await gracefulShutdown()
            events.yield(socket.messages())
            events.finish()
        }
    }

    @Test func systemdIsToldBeforeAnythingElseStops() async throws {
        let socket = try NotifySocket(isAbstract: true)
        let (events, continuation) = AsyncStream<[String]>.makeStream()
        let notice = StoppingNotice(notifier: SystemdNotifier(environment: ["NOTIFY_SOCKET": socket.name]))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let services: [any Service] = [Worker(socket: socket, events: continuation), notice]
        let group = ServiceGroup(configuration: .init(services: services, logger: logger))
        let running = Task { try await group.run() }
        var seen: [[String]] = []
        for await messages in events {
            seen.append(messages)
            if seen.count == 1 { await group.triggerGracefulShutdown() }
        }
        try await running.value
        #expect(seen == [[], ["STOPPING=1"]])
    }
}
