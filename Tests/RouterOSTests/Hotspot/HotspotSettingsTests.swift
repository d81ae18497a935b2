import Testing

@testable import RouterOS

/// Profiles and servers.
@Suite(.timeLimit(.minutes(2)))
struct HotspotSettingsTests {
    @Test func `user profiles are read, defaults included`() async throws {
        let rows: [Sentence] = [
            ["!re", "=.id=*1", "=name=default"],
            [
                "!re", "=.id=*2", "=name=24h", "=shared-users=unlimited", "=rate-limit=512k/1M", "=session-timeout=1d",
                "=add-mac-cookie=false", "=mac-cookie-timeout=3d", "=on-login=:put 1",
            ],
            [
                "!re", "=.id=*3", "=name=1h", "=shared-users=2", "=session-timeout=0s", "=add-mac-cookie=yes",
                "=on-login=",
            ],
            ["!done"],
        ]
        let (requests, result) = try await exchange([rows]) { client throws(RouterOSError) in
            try await Hotspot(client).userProfiles()
        }
        #expect(
            requests == [
                [
                    "/ip/hotspot/user/profile/print",
                    "=.proplist=.id,name,shared-users,rate-limit,session-timeout,add-mac-cookie,mac-cookie-timeout,on-login",
                ]
            ]
        )
        let profiles = try result.get()
        #expect(profiles.map(\.name) == ["default", "24h", "1h"])
        #expect(profiles.map(\.sharedUsers) == [1, nil, 2])
        #expect(profiles.map(\.rateLimit) == [nil, "512k/1M", nil])
        #expect(profiles.map(\.sessionTimeout) == [nil, .seconds(86_400), nil])
        #expect(profiles.map(\.addsMACCookie) == [true, false, true])
        #expect(profiles.map(\.macCookieTimeout) == [nil, .seconds(259_200), nil])
        #expect(profiles.map(\.hasLoginScript) == [false, true, false])
    }

    @Test func `a user profile is made to leave cookies`() async throws {
        let (requests, _) = try await exchange([[["!done"]], [["!done"]]]) { client throws(RouterOSError) in
            let hotspot = Hotspot(client)
            try await hotspot.setUserProfile(id: "*1", addsMACCookie: true, macCookieTimeout: .seconds(604_800))
            try await hotspot.setUserProfile(id: "*1", addsMACCookie: false)
        }
        #expect(
            requests == [
                ["/ip/hotspot/user/profile/set", "=.id=*1", "=add-mac-cookie=yes", "=mac-cookie-timeout=1w"],
                ["/ip/hotspot/user/profile/set", "=.id=*1", "=add-mac-cookie=no"],
            ]
        )
    }

    @Test func `server profiles are read, and their ways to log in set`() async throws {
        let row: Sentence = [
            "!re", "=.id=*1", "=name=hsprof1", "=login-by=cookie,http-chap", "=hotspot-address=10.5.50.1",
            "=dns-name=wifi.lan",
            "=html-directory=flash/hotspot", "=use-radius=false",
        ]
        let (requests, result) = try await exchange([[row, ["!done"]], [["!done"]]]) { client throws(RouterOSError) in
            let hotspot = Hotspot(client)
            let profiles = try await hotspot.serverProfiles()
            for profile in profiles {
                try await hotspot.setServerProfile(id: profile.id, loginBy: profile.loginBy + ["mac-cookie"])
            }
            return profiles
        }
        #expect(
            requests == [
                [
                    "/ip/hotspot/profile/print",
                    "=.proplist=.id,name,login-by,hotspot-address,dns-name,html-directory,use-radius",
                ],
                ["/ip/hotspot/profile/set", "=.id=*1", "=login-by=cookie,http-chap,mac-cookie"],
            ]
        )
        let profile = try #require(try result.get().first)
        #expect(profile.name == "hsprof1")
        #expect(profile.loginBy == ["cookie", "http-chap"])
        #expect(profile.hotspotAddress == "10.5.50.1")
        #expect(profile.dnsName == "wifi.lan")
        #expect(profile.htmlDirectory == "flash/hotspot")
        #expect(!profile.usesRADIUS)
    }

    @Test func `servers are read`() async throws {
        let row: Sentence = [
            "!re", "=.id=*5", "=name=server1", "=interface=ether4", "=profile=default", "=address-pool=none",
            "=idle-timeout=5m", "=disabled=false", "=invalid=true",
            "=comment=inactivated, not allowed by device-mode",
        ]
        let (requests, result) = try await exchange([[row, ["!done"]]]) { client throws(RouterOSError) in
            try await Hotspot(client).servers()
        }
        #expect(
            requests == [
                [
                    "/ip/hotspot/print",
                    "=.proplist=.id,name,interface,profile,address-pool,idle-timeout,disabled,invalid,comment",
                ]
            ]
        )
        let server = try #require(try result.get().first)
        #expect(server.name == "server1")
        #expect(server.interface == "ether4")
        #expect(server.profile == "default")
        #expect(server.addressPool == nil)
        #expect(server.idleTimeout == .seconds(300))
        #expect(!server.isDisabled)
        #expect(server.isInvalid)
        #expect(server.comment == "inactivated, not allowed by device-mode")
    }
}
