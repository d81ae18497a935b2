public import Shared

/// One row of a reply: properties by name. What a router does not send is simply absent (reference `routeros.md` §1.2).
public struct Row: Hashable, Sendable {
    private let sentence: Sentence

    init(_ sentence: Sentence) {
        self.sentence = sentence
    }

    /// The property's raw bytes.
    public subscript(name: String) -> Word? { sentence.attribute(name) }

    /// The property as text, nil if it is absent or empty.
    public func text(_ name: String) -> String? {
        guard let word = self[name], !word.bytes.isEmpty else { return nil }
        return word.text
    }

    /// The property as a truth value, false if it is absent: `true`, or `yes` from very old versions.
    public func flag(_ name: String) -> Bool {
        self[name] == "true" || self[name] == "yes"
    }

    /// The property as a decimal number, nil if it is absent or something else (`unlimited`).
    public func integer(_ name: String) -> Int? {
        self[name].flatMap { Int($0.text) }
    }

    /// The property as a time, nil if it is absent, empty or `none`.
    public func duration(_ name: String) -> Duration? {
        self[name].flatMap { RouterOSDuration($0.text) }?.duration
    }

    /// The property as a hardware address; nil if it is absent or all zeros, which RouterOS reads as "any".
    public func macAddress(_ name: String) -> MACAddress? {
        guard let text = text(name), text != "00:00:00:00:00:00" else { return nil }
        return MACAddress(text)
    }

    /// The property as a comma-separated list, empty if it is absent.
    public func list(_ name: String) -> [String] {
        text(name)?.split(separator: ",").map(String.init) ?? []
    }

    /// The row's id.
    func id() throws(RouterOSError) -> String {
        guard let id = text(".id") else { throw .invalidReply("a row without .id") }
        return id
    }
}
