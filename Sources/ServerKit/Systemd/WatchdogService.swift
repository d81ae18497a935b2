public import Logging
public import ServiceLifecycle

/// Feeds systemd's watchdog while the program proves that it works.
///
/// The probe is a real piece of work (a loopback `GET /healthz`, a write to the database), not a timer: a program whose
/// accept loop has ended still has running timers (reference `swift.md` §4). A probe that fails or hangs feeds nothing,
/// and systemd restarts the program; that is also the bound on the probe's time. Does nothing without a watchdog.
public struct WatchdogService: Service {
    private let notifier: SystemdNotifier
    private let interval: Duration?
    private let clock: any Clock<Duration>
    private let logger: Logger
    private let probe: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - environment: `WATCHDOG_USEC` gives the time systemd waits; half of it is between two probes.
    ///   - probe: Returns when the program works, throws when it does not.
    public init(
        notifier: SystemdNotifier,
        environment: [String: String],
        clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger,
        probe: @escaping @Sendable () async throws -> Void
    ) {
        self.notifier = notifier
        self.clock = clock
        self.logger = logger
        self.probe = probe
        interval = environment["WATCHDOG_USEC"].flatMap(Int64.init).flatMap { $0 > 1 ? .microseconds($0 / 2) : nil }
    }

    public func run() async throws {
        guard let interval else {
            try await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await feed()
                // Only cancellation ends the sleep early, and the loop's condition sees it.
                try? await clock.sleep(for: interval)
            }
        }
    }

    private func feed() async {
        do {
            try await probe()
            notifier.watchdog()
        } catch {
            guard !Task.isCancelled else { return }
            logger.warning("Watchdog not fed: the probe failed", metadata: ["error": "\(error)"])
        }
    }
}
