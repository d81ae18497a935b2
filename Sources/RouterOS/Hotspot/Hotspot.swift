/// The hotspot's menus as typed commands, on any RouterOS since 6.
///
/// Every command asks by exact value and for the properties it needs; only lists that are short by nature (profiles,
/// servers, active sessions) are read whole. Removing what is gone already is success.
///
/// All throw `RouterOSError`. Texts we write are printable ASCII; names of profiles and servers, which operators
/// choose, may hold anything.
public struct Hotspot: Sendable {
    let client: any CommandExecutor
    private let names = NameCache()

    /// - Parameter client: a `RouterOSClient`.
    public init(_ client: any CommandExecutor) {
        self.client = client
    }

    /// Which connection to the router this is: it may be another router, or one set up anew, than on an earlier one.
    public var connectionNumber: Int {
        get async { await client.connectionNumber }
    }

    /// The rows a `print` answers, decoded.
    func rows<Value>(
        _ command: Command,
        _ decode: (Row) throws(RouterOSError) -> Value
    ) async throws(RouterOSError) -> [Value] {
        var values: [Value] = []
        for row in try await client.execute(command).rows { values.append(try decode(row)) }
        return values
    }

    /// Removes a row, or finds it gone.
    func remove(_ id: String, from menu: String) async throws(RouterOSError) {
        do {
            _ = try await client.execute(Command("\(menu)/remove").setting(".id", to: Word(id)))
        } catch  where error.trapKind == .noSuchItem {
            return
        }
    }

    /// A name in the very bytes the router keeps it in; names found are remembered for as long as the connection lasts.
    ///
    /// Looked up for two reasons. RouterOS takes the beginning of a name for the name: without a profile `1h` it would
    /// silently give the user `1hora` (reference `routeros.md` §3). And operators write names in WinBox, in their PC's code
    /// page, where `1 día` is other bytes than in UTF-8 (§1.9).
    func exactName(_ name: String, in menu: String, argument: String) async throws(RouterOSError) -> Word {
        guard !name.isEmpty else { throw .invalidArgument(.empty(argument: argument)) }
        let connection = await client.connectionNumber
        if let word = names.word(name, in: menu, connection: connection) { return word }
        let rows = try await client.execute(Command("\(menu)/print").returning(["name"])).rows
        guard let word = rows.lazy.compactMap({ $0["name"] }).first(where: { $0.text == name }) else {
            throw .invalidArgument(.unknownName(argument: argument))
        }
        names.add(word, for: name, in: menu, connection: connection)
        return word
    }
}
