import RouterOS

/// One API connection, from its first byte to its last.
struct APISession {
    enum Login {
        case none
        /// An old router has sent this challenge.
        case challenged([UInt8])
        case done(APIUser)
    }

    /// A `listen` that runs until it is cancelled.
    struct Listener {
        let menu: Menu
        let query: Query
        let proplist: [String]?
        let account: APIUser
    }

    var login: Login
    /// What listens, by tag; the empty word stands for no tag.
    var listeners: [Word: Listener] = [:]
    /// Commands whose answer is held back, with their tags.
    var held: [Int: Word] = [:]
    /// False once the router itself ended the connection: whoever carries it must reset it.
    var isOpen = true
    /// A reply that ends the connection is on its way; what comes after it is not heard any more.
    var isEnding = false
    private(set) var pushes: [Sentence] = []
    /// Called, outside of any lock, when there are pushes to take or the connection shall end.
    let onPush: @Sendable () -> Void

    init(login: Login, onPush: @escaping @Sendable () -> Void) {
        self.login = login
        self.onPush = onPush
    }

    var listensToCommands: Bool { isOpen && !isEnding }
    var needsAttention: Bool { !pushes.isEmpty || !isOpen }

    mutating func push(_ sentence: Sentence) {
        pushes.append(sentence)
    }

    mutating func takePushes() -> [Sentence] {
        defer { pushes = [] }
        return pushes
    }
}

extension Sentence {
    /// The reply with its request's tag, which stands first as in captures of real routers (reference `routeros.md`
    /// §1.3). Nothing changes for a request without one.
    func tagged(_ tag: Word?) -> Sentence {
        guard let tag, !tag.bytes.isEmpty else { return self }
        var reply = self
        reply.words.insert(Word(bytes: Array(".tag=".utf8) + tag.bytes), at: 1)
        return reply
    }

    /// Bytes on the wire, in the shortest form.
    var encodedByteCount: Int {
        words.reduce(1) { total, word in
            let length = word.bytes.count
            let prefix = length < 0x80 ? 1 : length < 0x4000 ? 2 : length < 0x20_0000 ? 3 : length < 0x1000_0000 ? 4 : 5
            return total + prefix + length
        }
    }
}
