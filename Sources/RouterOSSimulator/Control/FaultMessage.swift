import Shared

/// A fault as the control port writes it.
struct FaultMessage: Codable {
    enum Effect: String, Codable {
        case delay, silence, drop, executeLate = "execute_late", twice, garbage, trap, reboot
    }

    var effect: Effect
    var path: String?
    var skipping: Int?
    /// 1 unless given; 0 is every command that comes.
    var times: Int?
    var seconds: Double?
    var executes: Bool?
    var reset: Bool?
    var message: String?
    var bytes: [UInt8]?

    var fault: Fault {
        let time = Duration.seconds(seconds ?? 0)
        let effect: Fault.Effect =
            switch self.effect {
            case .delay: .delay(time)
            case .silence: .silence(executes: executes ?? false)
            case .drop: .drop(executes: executes ?? false, reset: reset ?? false)
            case .executeLate: .executeLate(after: time)
            case .twice: .twice
            case .garbage: .garbage(bytes ?? [0xFF])
            case .trap: .trap(message ?? "failure")
            case .reboot: .reboot(downFor: time)
            }
        return Fault(effect, on: path, skipping: skipping ?? 0, times: times == 0 ? nil : times ?? 1)
    }
}

extension FaultMessage {
    init(_ fault: Fault) {
        effect = .delay
        path = fault.path
        skipping = fault.skipping
        times = fault.times ?? 0
        switch fault.effect {
        case .delay(let time): (effect, seconds) = (.delay, time.inSeconds)
        case .silence(let executes): (effect, self.executes) = (.silence, executes)
        case .drop(let executes, let reset): (effect, self.executes, self.reset) = (.drop, executes, reset)
        case .executeLate(let time): (effect, seconds) = (.executeLate, time.inSeconds)
        case .twice: effect = .twice
        case .garbage(let bytes): (effect, self.bytes) = (.garbage, bytes)
        case .trap(let message): (effect, self.message) = (.trap, message)
        case .reboot(let time): (effect, seconds) = (.reboot, time.inSeconds)
        }
    }
}
