/// An error the router answered with. The command was refused: nothing was done.
public struct Trap: Error, Hashable, Sendable {
    /// The router's own words.
    public let message: String
    /// MikroTik's number for the class of error, where the router's version sends one. Never decide by it alone.
    public let category: Int?

    public init(message: String, category: Int? = nil) {
        self.message = message
        self.category = category
    }

    /// What the message means to us.
    public var kind: TrapKind { TrapKind(message: message) }
}

extension Trap {
    /// Reads a `!trap` sentence.
    init(_ sentence: Sentence) {
        message = sentence.attribute("message")?.text ?? "no message"
        category = sentence.attribute("category").flatMap { Int($0.text) }
    }
}

extension Trap: CustomStringConvertible {
    public var description: String { message }
}
