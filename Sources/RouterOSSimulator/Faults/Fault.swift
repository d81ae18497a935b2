/// Something that goes wrong with the commands it is meant for.
public struct Fault: Hashable, Sendable {
    /// What happens. Lengths of time that a client waits are real time; those of the router are its own clock's.
    public enum Effect: Hashable, Sendable {
        /// The command takes effect at once, the answer comes late.
        case delay(Duration)
        /// No answer ever, on a connection that stays open; the command takes effect or not.
        case silence(executes: Bool)
        /// The connection ends without an answer, in order or by a reset; the command took effect or not.
        case drop(executes: Bool, reset: Bool = false)
        /// The connection ends, and the command takes effect that much later by the router's clock.
        case executeLate(after: Duration)
        /// As when something on the way sends it again: the command is carried out twice, and the answer is the second's.
        case twice
        /// These bytes instead of the answer; the command takes effect.
        case garbage([UInt8])
        /// The command is refused with this message.
        case trap(String)
        /// The router loses power before the command takes effect and is away that long by its own clock.
        case reboot(downFor: Duration)
    }

    /// What it does.
    public var effect: Effect
    /// The commands it is meant for: this path and those below it. Nil is every command.
    public var path: String?
    /// How many such commands pass unharmed before.
    public var skipping: Int
    /// How many commands it strikes; nil is all that come.
    public var times: Int?

    /// A fault that strikes the next command, or the next at that path, once unless told otherwise.
    public init(_ effect: Effect, on path: String? = nil, skipping: Int = 0, times: Int? = 1) {
        self.effect = effect
        self.path = path
        self.skipping = skipping
        self.times = times
    }

    func isMeant(for command: String) -> Bool {
        guard let path else { return true }
        return command == path || command.hasPrefix(path + "/")
    }
}
