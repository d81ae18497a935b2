/// A sentence from the router, told apart by its first word (reference `routeros.md` §1.3).
struct ReplySentence {
    enum Kind {
        /// `!re`: one row.
        case row
        /// `!empty`: no rows; comes before `!done` since RouterOS 7.18.
        case empty
        /// `!trap`: an error; `!done` still follows.
        case trap
        /// `!done`: the last sentence of a reply.
        case done
        /// `!fatal`: the router closes the connection.
        case fatal
        /// A kind we do not know. `!empty` was one once and broke many clients, so these are skipped.
        case unknown
    }

    let kind: Kind
    /// The tag our request carried; nil if the reply has none or one that is not ours.
    let tag: UInt64?
    let sentence: Sentence

    /// Nil if the sentence is no reply at all.
    init?(_ sentence: Sentence) {
        guard let first = sentence.words.first, first.bytes.first == UInt8(ascii: "!") else { return nil }
        switch first {
        case "!re": kind = .row
        case "!empty": kind = .empty
        case "!trap": kind = .trap
        case "!done": kind = .done
        case "!fatal": kind = .fatal
        default: kind = .unknown
        }
        tag = sentence.apiAttribute("tag").flatMap { UInt64($0.text) }
        self.sentence = sentence
    }

    /// The reason in a `!fatal` sentence: a bare word, or a message as other replies have it.
    var fatalReason: String {
        if let message = sentence.attribute("message") { return message.text }
        let bare = sentence.words.dropFirst().first { $0.bytes.first != UInt8(ascii: ".") }
        return bare?.text ?? "no reason given"
    }
}
