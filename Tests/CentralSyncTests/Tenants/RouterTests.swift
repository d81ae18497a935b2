import Foundation
import HTTPTypes
import Shared
import TestSupport
import Testing

@testable import CentralSync

@Suite struct RouterTests {
    private static let path = "/admin/empresas/emp_1/routers"

    private static func body(_ more: String = "", api: String = "", name: String = "hAP") -> String {
        #"{"name":"\#(name)","api":{"host":"192.168.88.1","username":"fichas","password":"s3creta!"\#(api)}\#(more)}"#
    }

    @Test(arguments: DatabaseKind.allCases) func `from a new router to a box that knows its key`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .superAdmin)
            let body = Self.body(#","site":{"name":"Tienda","time_zone":"America/Tijuana"},"hotspot_server":"hs1""#)
            let made = try await centre.request(.post, Self.path, token: token, body: body)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.headers[.location] == Self.path + "/" + made["router", "id"])
            #expect(!made.text.contains("s3creta"))
            let enrolment = TestBox.enrolment(made["enrolment", "code"])
            let enrolled = try await centre.request(.post, "/sync/enroll", body: enrolment)
            #expect(enrolled["site_id"] == made["router", "site_id"])
            let box = try TestBox(centre: centre, reply: enrolled)
            let snapshot = try #require(try box.snapshot(in: try await box.poll(applied: 0)))
            #expect(snapshot.site.name == "Tienda" && snapshot.site.timeZone == "America/Tijuana")
            let router = try #require(snapshot.routers.first)
            #expect(router.id == made["router", "id"])
            #expect(router.api.port == 8_728 && router.api.password.reveal() == "s3creta!")
            #expect(router.hotspotServer == "hs1")
            let key = made["api_key", "api_key"]
            #expect(key.hasPrefix("jwt_"))
            #expect(router.apiKeys.map(\.sha256) == [SHA256Digest(of: key)])
            #expect(router.apiKeys.map(\.expiresAt) == [centre.time.now + PortalKeys.lifetime])
            // The text of the key is shown this once.
            let read = try await centre.request(.get, Self.path + "/" + router.id, token: token)
            #expect(read.status == 200 && !read.text.contains("jwt_"))
            #expect(read.json["api_keys"].elements.count == 1)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a router joins a site, which needs no other box`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let joining = Self.body(#","site_id":"site_1""#)
            let first = try await centre.request(.post, Self.path, token: token, body: joining)
            #expect(!first["enrolment", "code"].isEmpty)
            let box = try await TestBox.enrol(centre)
            let second = try await centre.request(.post, Self.path, token: token, body: joining)
            #expect(second.status == 201 && second.json["enrolment"] == .null)
            #expect(try box.snapshot(in: try await box.poll(applied: 1))?.routers.count == 3)
            let list = try await centre.request(.get, Self.path + "?site_id=site_1&limit=2", token: token)
            #expect(list.json["items"].elements.count == 2 && !list["next_cursor"].isEmpty)
            for more in [#","site_id":"site_2""#, #","site_id":"no""#, #","site_id":"site_1","site":{"name":"x"}"#] {
                let answer = try await centre.request(.post, Self.path, token: token, body: Self.body(more))
                #expect(answer.status == 422, "\(more)")
            }
        }
    }

    @Test(
        arguments: [
            body(api: #","port":0"#), body(api: #","port":65536"#), body(api: #","certificate_sha256":"ab""#),
            body(name: ""), body(#","site":{"name":"x","time_zone":"Marte/Centro"}"#), "{}",
            #"{"name":"x","api":{"host":"a b","username":"u","password":""}}"#,
            #"{"name":"x","api":{"host":"","username":"u","password":""}}"#,
            #"{"name":"x","api":{"host":"h","username":"u"}}"#,
            #"{"name":"x","api":{"host":"h","username":"u","password":"a\u0000"}}"#,
        ]
    ) func `what cannot be a router is refused, and leaves no site behind`(body: String) async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .superAdmin)
            let answer = try await centre.request(.post, Self.path, token: token, body: body)
            #expect(answer.status == 422 && answer.code == "invalid_field", "\(answer.text)")
            let sites = try await centre.centre.database.read { try $0.query("SELECT site_id FROM site").count }
            #expect(sites == 2)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a change goes to the box, and a password nobody says stays`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let box = try await TestBox.enrol(centre)
            let path = Self.path + "/rtr_1"
            let certificate = Array(repeating: "AB", count: 32).joined(separator: ":")
            let api = #"{"host":"10.0.0.1","username":"u2","certificate_sha256":"\#(certificate)"}"#
            let body = #"{"name":"Nuevo","api":\#(api),"is_active":true}"#
            #expect(try await centre.request(.put, path, token: token, body: body).status == 428)
            let changed = try await centre.request(.put, path, token: token, ifMatch: "\"v1\"", body: body)
            #expect(changed.status == 200, "\(changed.text)")
            #expect(try await centre.request(.put, path, token: token, ifMatch: "\"v1\"", body: body).status == 412)
            let router = try #require(try box.snapshot(in: try await box.poll(applied: 1))?.routers.first)
            #expect(router.name == "Nuevo" && router.api.host == "10.0.0.1" && router.api.port == 8_729)
            #expect(router.api.certificateSHA256?.hexadecimal == String(repeating: "ab", count: 32))
            #expect(router.api.password.reveal() == "router password")
            let other = #"{"name":"N","api":{"host":"h","username":"u","password":"otra"},"is_active":true}"#
            _ = try await centre.request(.put, path, token: token, ifMatch: "*", body: other)
            let again = try box.snapshot(in: try await box.poll(applied: 2))?.routers.first
            #expect(again?.api.password.reveal() == "otra" && again?.api.certificateSHA256 == nil)
            let moved = #"{"name":"N","api":{"host":"h","username":"u"},"is_active":true,"site_id":"site_9"}"#
            #expect(try await centre.request(.put, path, token: token, ifMatch: "*", body: moved).status == 422)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a router that is not active sells nothing and keeps what was sold`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let box = try await TestBox.enrol(centre)
            let second = try await centre.request(
                .post,
                Self.path,
                token: token,
                body: Self.body(#","site_id":"site_1""#)
            )["router", "id"]
            _ = try await centre.request(.post, "/routers/rtr_1/api-key", token: token)
            _ = try await centre.request(.post, "/products", token: token, body: ProductTests.body())
            let off = #"{"name":"N","api":{"host":"h","username":"u"},"is_active":false}"#
            _ = try await centre.request(.put, Self.path + "/rtr_1", token: token, ifMatch: "*", body: off)
            let snapshot = try #require(try box.snapshot(in: try await box.poll(applied: 1)))
            #expect(Set(snapshot.routers.map(\.id)) == ["rtr_1", second])
            #expect(snapshot.router("rtr_1")?.apiKeys.isEmpty == true)
            #expect(snapshot.catalogue(routerID: "rtr_1").isEmpty)
            #expect(snapshot.catalogue(routerID: second).count == 1)
            _ = try await centre.request(.put, Self.path + "/" + second, token: token, ifMatch: "*", body: off)
            let last = try box.snapshot(in: try await box.poll(applied: snapshot.snapshotVersion))
            #expect(last?.products.isEmpty == true && last?.routers.count == 2)
        }
    }

    // MARK: Keys

    private static func keys(_ box: TestBox, after version: Int64) async throws -> [SHA256Digest] {
        let snapshot = try box.snapshot(in: try await box.poll(applied: version))
        return snapshot?.routers.first?.apiKeys.map(\.sha256) ?? []
    }

    @Test(arguments: DatabaseKind.allCases) func `a new key works beside the old one for the grace`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let (box, path) = (try await TestBox.enrol(centre), "/routers/rtr_1/api-key")
            let old = try await centre.request(.post, path, token: token)["api_key"]
            let new = try await centre.request(.post, path + "?grace_seconds=120", token: token)["api_key"]
            let snapshot = try #require(try box.snapshot(in: try await box.poll(applied: 1)))
            let ends = Dictionary(
                uniqueKeysWithValues: try #require(snapshot.routers.first).apiKeys.map { ($0.sha256, $0.expiresAt) }
            )
            #expect(
                ends == [
                    SHA256Digest(of: old): centre.time.now + .seconds(120),
                    SHA256Digest(of: new): centre.time.now + PortalKeys.lifetime,
                ]
            )
            centre.time.advance(by: .seconds(120))
            #expect(try await Self.keys(box, after: 1) == [SHA256Digest(of: new)])
            for grace in ["-1", "x", "2592001"] {
                let answer = try await centre.request(.post, path + "?grace_seconds=" + grace, token: token)
                #expect(answer.status == 422)
            }
        }
    }

    @Test(.timeLimit(.minutes(5)), arguments: DatabaseKind.allCases)
    func `a key that is revoked is gone from a box that waits`(kind: DatabaseKind) async throws {
        try await CentralFixture.run(kind, overSockets: true) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let (box, path) = (try await TestBox.enrol(centre), "/routers/rtr_1/api-key")
            let keys = [
                try await centre.request(.post, path, token: token),
                try await centre.request(.post, path, token: token),
            ]
            async let waiting = box.poll(applied: 3, wait: 10)
            await centre.waiting.reaches(1)
            let one = try await centre.request(.delete, path + "?key_id=" + keys[0]["id"], token: token)
            #expect(one.status == 204)
            let left = try box.snapshot(in: try await waiting)?.routers.first?.apiKeys.map(\.sha256)
            #expect(left == [SHA256Digest(of: keys[1]["api_key"])])
            #expect(try await centre.request(.delete, path, token: token).status == 204)
            #expect(try await Self.keys(box, after: 4).isEmpty)
            #expect(try await centre.request(.delete, path + "?key_id=no", token: token).status == 404)
        }
    }

    @Test func `a router has few keys at a time`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            var statuses: [Int] = []
            for _ in 0..<11 {
                statuses.append(try await centre.request(.post, "/routers/rtr_1/api-key", token: token).status)
            }
            #expect(statuses == Array(repeating: 201, count: 10) + [409])
            let now = try await centre.request(.post, "/routers/rtr_1/api-key?grace_seconds=0", token: token)
            #expect(now.status == 201)
        }
    }

    // MARK: Who sees what

    @Test func `a tecnico sees no keys, and gives out codes`() async throws {
        try await CentralFixture.run(.sqlite) { centre in
            let token = try await centre.token(of: .tecnico)
            let read = try await centre.request(.get, Self.path + "/rtr_1", token: token)
            #expect(read.status == 200 && read.json["api_keys"] == .null)
            let site = "/admin/empresas/emp_1/sites/site_1"
            let first = try await centre.request(.post, site + "/enrolment-code", token: token)
            #expect(first.status == 201)
            let second = try await centre.request(.post, site + "/enrolment-code", token: token)
            // A new code makes the one before worthless.
            let used = try await centre.request(.post, "/sync/enroll", body: TestBox.enrolment(first["code"]))
            #expect(used.status == 403)
            let fresh = try await centre.request(.post, "/sync/enroll", body: TestBox.enrolment(second["code"]))
            #expect(fresh.status == 201)
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `a site is made and changed, and its box hears of it`(
        kind: DatabaseKind
    ) async throws {
        try await CentralFixture.run(kind) { centre in
            let token = try await centre.token(of: .clienteAdmin)
            let root = "/admin/empresas/emp_1/sites"
            let made = try await centre.request(.post, root, token: token, body: #"{"name":"Playa"}"#)
            #expect(made.status == 201 && made["time_zone"] == "America/Mexico_City")
            let box = try await TestBox.enrol(centre)
            let body = #"{"name":"Centro","time_zone":"America/Cancun"}"#
            let path = root + "/site_1"
            #expect(try await centre.request(.put, path, token: token, body: body).status == 428)
            let changed = try await centre.request(.put, path, token: token, ifMatch: "\"v1\"", body: body)
            #expect(changed.status == 200 && changed.headers[.eTag] == "\"v2\"")
            #expect(try await centre.request(.put, path, token: token, ifMatch: "\"v1\"", body: body).status == 412)
            let site = try box.snapshot(in: try await box.poll(applied: 1))?.site
            #expect(site?.name == "Centro" && site?.timeZone == "America/Cancun")
            let list = try await centre.request(.get, root, token: token)
            #expect(list.json["items"].elements.compactMap { $0["name"].text } == ["Centro", "Playa"])
        }
    }
}
