import RouterOS

/// A request taken apart: the menu, what to do there, and with what.
struct Command {
    /// The words print takes beside queries; they change how a console shows the answer, not what the API sends.
    private static let printFlags: Set<String> = [
        "append", "as-value", "brief", "count-only", "detail", "file", "follow", "follow-only", "from", "interval",
        "numbers", "once", "show-ids", "show-sensitive", "stats", "terse", "value-list", "without-paging", ".id",
        ".proplist",
    ]

    let path: String
    let verb: String
    let attributes: [(name: String, value: Word)]
    let tag: Word?
    let query: Query
    private let apiProplist: Word?

    init(_ sentence: Sentence) {
        let text = sentence.words[0].text
        let slash = text.lastIndex(of: "/") ?? text.startIndex
        path = String(text[..<slash])
        verb = String(text[slash...].dropFirst(text.isEmpty ? 0 : 1))
        attributes = sentence.attributes
        // An empty tag is no tag (reference `routeros.md` §1.4).
        tag = sentence.apiAttribute("tag").flatMap { $0.bytes.isEmpty ? nil : $0 }
        query = Query(sentence.words.dropFirst().filter { $0.bytes.first == UInt8(ascii: "?") })
        apiProplist = sentence.apiAttribute("proplist")
    }

    subscript(name: String) -> Word? { attributes.last { $0.name == name }?.value }

    var isPrint: Bool { verb == "print" || verb == "getall" }

    /// The properties asked for; nil is all of them.
    var proplist: [String]? {
        (self[".proplist"] ?? apiProplist).map { $0.text.split(separator: ",").map(String.init) }
    }

    /// The rows meant, by identifier or name; nil when the command names none.
    var ids: [String]? {
        (self[".id"] ?? self["numbers"] ?? (isPrint ? self["from"] : nil))
            .map { $0.text.split(separator: ",").map(String.init) }
    }

    /// The attributes that say something about the row, not which row.
    var values: [(name: String, value: Word)] {
        attributes.filter { $0.name != ".id" && $0.name != "numbers" }
    }

    /// The first attribute a print does not know.
    var unknownPrintFlag: String? {
        attributes.first { !Command.printFlags.contains($0.name) }?.name
    }
}
