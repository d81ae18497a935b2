/// Something that can be wrong with a program, known beforehand: a catalogue of these is part of each program.
public struct HealthCondition: Hashable, Sendable {
    /// How much it matters while the condition fails.
    public enum Severity: String, Codable, Sendable {
        /// The program cannot do its work: `GET /healthz` answers 503.
        case critical
        /// It works, but somebody should look.
        case warning
    }

    /// What programs and metrics call it, snake_case and stable.
    public let code: String
    /// What people call it, in Spanish.
    public let title: String
    public let severity: Severity

    public init(code: String, title: String, severity: Severity) {
        self.code = code
        self.title = title
        self.severity = severity
    }
}
