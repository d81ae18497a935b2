import Shared
import Testing

@testable import RouterOS

@Suite(.timeLimit(.minutes(2)))
struct HotspotUserTests {
    private static let proplist =
        "=.proplist=.id,name,profile,server,limit-uptime,uptime,mac-address,comment,disabled,default,bytes-in,bytes-out"

    private static let profiles: [Sentence] = [["!re", "=name=24h"], ["!re", "=name=24hx"], ["!done"]]

    @Test func `a user is added with all it has`() async throws {
        let user = HotspotUser.New(
            name: "482913",
            password: Secret("482913"),
            profile: "24h",
            server: "hotspot1",
            limitUptime: .seconds(86_400),
            macAddress: MACAddress("aa-bb-cc-dd-ee-ff"),
            comment: "p-1"
        )
        let (requests, result) = try await exchange([
            [["!re", "=name=24h"], ["!done"]], [["!re", "=name=hotspot1"], ["!done"]], [["!done", "=ret=*1F"]],
        ]) { client throws(RouterOSError) in
            try await Hotspot(client).addUser(user)
        }
        #expect(
            requests == [
                ["/ip/hotspot/user/profile/print", "=.proplist=name"], ["/ip/hotspot/print", "=.proplist=name"],
                [
                    "/ip/hotspot/user/add", "=name=482913", "=password=482913", "=comment=p-1", "=limit-uptime=1d",
                    "=mac-address=AA:BB:CC:DD:EE:FF", "=profile=24h", "=server=hotspot1",
                ],
            ]
        )
        #expect(result == .success("*1F"))
    }

    @Test func `what a user does not have is left out, and a version that tells no id is understood`() async throws {
        let user = HotspotUser.New(name: "482913", password: Secret("1"), profile: "24h")
        let (requests, result) = try await exchange([Self.profiles, [["!done"]]]) { client throws(RouterOSError) in
            try await Hotspot(client).addUser(user)
        }
        #expect(requests.last == ["/ip/hotspot/user/add", "=name=482913", "=password=1", "=profile=24h"])
        #expect(result == .success(nil))
    }

    @Test func `a name that is taken is told apart`() async throws {
        let message = "failure: already have user with this name for this server"
        let (_, result) = try await exchange([Self.profiles, [["!trap", Word("=message=\(message)")], ["!done"]]]) {
            client throws(RouterOSError) in
            try await Hotspot(client).addUser(.init(name: "1", password: Secret("1"), profile: "24h"))
        }
        guard case .failure(let error) = result else { return #expect(Bool(false), "added") }
        #expect(error.trapKind == .alreadyHaveUser)
    }

    @Test func `a profile named in the code page of WinBox is sent in its own bytes`() async throws {
        let name = Word(bytes: Array("=name=1 d".utf8) + [0xED] + Array("a".utf8))
        try await withClient { client, router, _ in
            async let id = Hotspot(client).addUser(.init(name: "1", password: Secret("1"), profile: "1 día"))
            let connection = try await router.acceptLogin()
            let names = try await connection.answer(["!re", "=name=24h"], ["!re", name], ["!done"])
            #expect(names == ["/ip/hotspot/user/profile/print", "=.proplist=name"])
            let request = try await connection.next()
            #expect(request.attribute("profile")?.bytes == Array("1 d".utf8) + [0xED] + Array("a".utf8))
            connection.send(["!done", ".tag=2"])
            _ = try await id
        }
    }

    /// RouterOS would take the beginning of a name for the name.
    @Test(arguments: ["1 día", "24", "24horas"])
    func `a profile that the router does not have by that very name is refused`(profile: String) async throws {
        let (_, result) = try await exchange([Self.profiles]) { client throws(RouterOSError) in
            try await Hotspot(client).addUser(.init(name: "1", password: Secret("1"), profile: profile))
        }
        #expect(result == .failure(.invalidArgument(.unknownName(argument: "profile"))))
    }

    @Test(arguments: ["café", "a\nb", "a\u{0}", "a\u{7F}", "１"])
    func `text that is not printable ASCII is refused`(text: String) async throws {
        let error = try await refusal { client throws(RouterOSError) in
            try await Hotspot(client).addUser(.init(name: text, password: Secret("1"), profile: "24h"))
        }
        #expect(error == .invalidArgument(.notASCII(argument: "name")))
        let comment = try await refusal { client throws(RouterOSError) in
            try await Hotspot(client)
                .addUser(.init(name: "1", password: Secret("1"), profile: "24h", comment: text))
        }
        #expect(comment == .invalidArgument(.notASCII(argument: "comment")))
        let password = try await refusal { client throws(RouterOSError) in
            try await Hotspot(client).setUser(id: "*1", .init(password: Secret(text)))
        }
        #expect(password == .invalidArgument(.notASCII(argument: "password")))
    }

    @Test func `an empty name is refused`() async throws {
        let error = try await refusal { client throws(RouterOSError) in
            try await Hotspot(client).user(named: "")
        }
        #expect(error == .invalidArgument(.empty(argument: "name")))
    }

    @Test func `a user is read by exact name`() async throws {
        let row: Sentence = [
            "!re", "=.id=*1F", "=name=482913", "=profile=24h", "=server=hotspot1", "=limit-uptime=1d",
            "=uptime=01:22:53",
            "=mac-address=AA:BB:CC:DD:EE:FF", "=comment=p=1", "=disabled=true", "=bytes-in=10", "=bytes-out=20",
            "=default=false",
        ]
        let (requests, result) = try await exchange([[row, ["!done"]]]) { client throws(RouterOSError) in
            try await Hotspot(client).user(named: "482913")
        }
        #expect(requests == [["/ip/hotspot/user/print", Self.proplist, "?name=482913"]])
        let user = try #require(try result.get())
        #expect(user.id == "*1F")
        #expect(user.name == "482913")
        #expect(user.profile == "24h")
        #expect(user.server == "hotspot1")
        #expect(user.limitUptime == .seconds(86_400))
        #expect(user.uptime == .seconds(4_973))
        #expect(user.macAddress == MACAddress("AA:BB:CC:DD:EE:FF"))
        #expect(user.comment == "p=1")
        #expect(user.isDisabled)
        #expect(user.bytesIn == 10)
        #expect(user.bytesOut == 20)
    }

    @Test func `a user with nothing set has the router's defaults`() async throws {
        let (_, result) = try await exchange([
            [
                ["!re", "=.id=*1", "=name=1", "=server=all", "=mac-address=00:00:00:00:00:00", "=disabled=no"],
                ["!done"],
            ]
        ]) { client throws(RouterOSError) in
            try await Hotspot(client).user(named: "1")
        }
        let user = try #require(try result.get())
        #expect(user.server == nil)
        #expect(user.limitUptime == nil)
        #expect(user.uptime == .zero)
        #expect(user.macAddress == nil)
        #expect(user.comment == "")
        #expect(!user.isDisabled)
    }

    @Test(
        arguments: [
            [["!done"]],
            [["!empty"], ["!done"]],
            [["!re", "=.id=*0", "=name=default-trial", "=default=true"], ["!done"]],
            [["!re", "=.id=*0", "=name=default-trial"], ["!done"]],
        ] as [[Sentence]]
    )
    func `a user that is not there is nil, and the built-in one is not there`(reply: [Sentence]) async throws {
        let (_, result) = try await exchange([reply]) { client throws(RouterOSError) in
            try await Hotspot(client).user(named: "default-trial")
        }
        #expect(result == .success(nil))
    }

    @Test func `a row without an id is no row of ours`() async throws {
        let (_, result) = try await exchange([[["!re", "=name=1"], ["!done"]]]) { client throws(RouterOSError) in
            try await Hotspot(client).user(named: "1")
        }
        #expect(result == .failure(.invalidReply("a row without .id")))
    }

    @Test func `only what changes is set`() async throws {
        let all = HotspotUser.Changes(
            password: Secret("2"),
            profile: "1h",
            limitUptime: .seconds(3_600),
            devices: .any,
            comment: "c",
            isDisabled: true
        )
        let profiles: [Sentence] = [["!re", "=name=1h"], ["!done"]]
        let (requests, _) = try await exchange([profiles, [["!done"]], [["!done"]]]) { client throws(RouterOSError) in
            let hotspot = Hotspot(client)
            try await hotspot.setUser(id: "*1F", all)
            try await hotspot.setUser(
                id: "*1F",
                .init(devices: MACAddress("AA:BB:CC:DD:EE:FF").map { .only($0) }, isDisabled: false)
            )
        }
        #expect(
            requests.dropFirst() == [
                [
                    "/ip/hotspot/user/set", "=.id=*1F", "=password=2", "=comment=c", "=mac-address=00:00:00:00:00:00",
                    "=profile=1h", "=limit-uptime=1h", "=disabled=yes",
                ],
                ["/ip/hotspot/user/set", "=.id=*1F", "=mac-address=AA:BB:CC:DD:EE:FF", "=disabled=no"],
            ]
        )
    }

    @Test func `password and comment may be cleared`() async throws {
        let (requests, _) = try await exchange([[["!done"]]]) { client throws(RouterOSError) in
            try await Hotspot(client).setUser(id: "*1F", .init(password: Secret(""), comment: ""))
        }
        #expect(requests == [["/ip/hotspot/user/set", "=.id=*1F", "=password=", "=comment="]])
    }

    @Test(arguments: ["no such item", "no such item (4)"])
    func `removing what is gone is success, changing it is not`(message: String) async throws {
        let gone: [Sentence] = [["!trap", "=category=0", Word("=message=\(message)")], ["!done"]]
        let (requests, removed) = try await exchange([gone]) { client throws(RouterOSError) in
            try await Hotspot(client).removeUser(id: "*1F")
            return true
        }
        #expect(requests == [["/ip/hotspot/user/remove", "=.id=*1F"]])
        #expect(removed == .success(true))
        let (_, changed) = try await exchange([gone]) { client throws(RouterOSError) in
            try await Hotspot(client).setUser(id: "*1F", .init(isDisabled: true))
            return true
        }
        #expect(changed == .failure(.trap(Trap(message: message, category: 0))))
    }

    @Test func `another error while removing is an error`() async throws {
        let (_, result) = try await exchange([[["!trap", "=message=not enough permissions (9)"], ["!done"]]]) {
            client throws(RouterOSError) in
            try await Hotspot(client).removeUser(id: "*1F")
            return true
        }
        #expect(result == .failure(.trap(Trap(message: "not enough permissions (9)"))))
    }
}
