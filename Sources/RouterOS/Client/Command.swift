/// One command to the router, built word by word.
///
/// ```swift
/// Command("/ip/hotspot/user/print").where("name", equals: "482913").returning([".id", "comment"])
/// ```
///
/// Values go out as they are. What people typed passes `Word(ascii:argument:)` first.
public struct Command: Sendable {
    /// The words of the command, in order.
    public private(set) var sentence: Sentence

    /// Begins a command at a full path, such as `/ip/hotspot/user/add`.
    public init(_ path: String) {
        sentence = [Word(path)]
    }

    /// Adds `=name=value`.
    public func setting(_ name: String, to value: Word) -> Command {
        adding("=\(name)=", value)
    }

    /// Adds `=name=value` unless the value is nil. RouterOS refuses some empty values, so what is not set is left out.
    public func setting(_ name: String, to value: Word?) -> Command {
        value.map { setting(name, to: $0) } ?? self
    }

    /// Adds `=name=yes` or `=name=no` unless the value is nil.
    public func setting(_ name: String, to value: Bool?) -> Command {
        setting(name, to: value.map { $0 ? "yes" : "no" })
    }

    /// Adds `=name=time` unless the value is nil.
    public func setting(_ name: String, to value: Duration?) -> Command {
        setting(name, to: value.map { Word(RouterOSDuration($0).description) })
    }

    /// Adds `=name=number` unless the value is nil.
    public func setting(_ name: String, to value: Int64?) -> Command {
        setting(name, to: value.map { Word(String($0)) })
    }

    /// Keeps only rows whose property equals the value. Several of these all apply.
    public func `where`(_ name: String, equals value: Word) -> Command {
        adding("?\(name)=", value)
    }

    /// Keeps only rows where either of two properties equals the value.
    public func `where`(_ name: String, or other: String, equals value: Word) -> Command {
        self.where(name, equals: value).where(other, equals: value).adding("?#|", "")
    }

    /// Asks for these properties only. Without it a router also computes the slow ones.
    public func returning(_ properties: [String]) -> Command {
        adding("=.proplist=", Word(properties.joined(separator: ",")))
    }

    private func adding(_ prefix: String, _ value: Word) -> Command {
        var command = self
        command.sentence.words.append(Word(bytes: Array(prefix.utf8) + value.bytes))
        return command
    }
}

extension Word {
    /// Text that RouterOS and its tools all read alike: printable ASCII.
    ///
    /// - Parameters:
    ///   - argument: what the text is, for the error.
    ///   - mayBeEmpty: true for what may be cleared, such as a comment.
    init(ascii text: String, argument: String, mayBeEmpty: Bool = false) throws(RouterOSError) {
        guard mayBeEmpty || !text.isEmpty else { throw .invalidArgument(.empty(argument: argument)) }
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw .invalidArgument(.notASCII(argument: argument))
        }
        self.init(text)
    }
}
