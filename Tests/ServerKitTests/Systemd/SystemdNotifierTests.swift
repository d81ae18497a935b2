import TestSupport
import Testing

@testable import ServerKit

struct SystemdNotifierTests {
    @Test(arguments: [false, true])
    func eachMessageIsADatagram(isAbstract: Bool) throws {
        let socket = try NotifySocket(isAbstract: isAbstract)
        let notifier = SystemdNotifier(environment: ["NOTIFY_SOCKET": socket.name])
        notifier.ready()
        notifier.status("3 ventas\nREADY=0")
        notifier.watchdog()
        notifier.stopping()
        #expect(socket.messages() == ["READY=1", "STATUS=3 ventas", "WATCHDOG=1", "STOPPING=1"])
    }

    @Test(arguments: [
        [:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "/nonexistent/socket"],
        ["NOTIFY_SOCKET": "/" + String(repeating: "a", count: 200)],
    ])
    func withoutASocketNothingHappens(environment: [String: String]) {
        SystemdNotifier(environment: environment).ready()
    }

    @Test func aFullSocketDoesNotHoldUs() throws {
        let socket = try NotifySocket(isAbstract: false)
        let notifier = SystemdNotifier(environment: ["NOTIFY_SOCKET": socket.name])
        for _ in 0..<10_000 { notifier.watchdog() }
        #expect(!socket.messages().isEmpty)
    }
}
