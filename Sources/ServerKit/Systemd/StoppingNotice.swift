public import ServiceLifecycle

/// Tells systemd that shutting down has begun. Make it the last service of its group: graceful shutdown goes through the
/// group from the end.
public struct StoppingNotice: Service {
    private let notifier: SystemdNotifier

    public init(notifier: SystemdNotifier) {
        self.notifier = notifier
    }

    public func run() async throws {
        try await gracefulShutdown()
        notifier.stopping()
    }
}
