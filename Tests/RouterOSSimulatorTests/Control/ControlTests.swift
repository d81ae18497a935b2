import Foundation
import RouterOS
import RouterOSSimulator
import Shared
import Testing

@Suite(.timeLimit(.minutes(1))) struct ControlTests {
    private func object(_ answer: HTTP.Answer) throws -> [String: Any] {
        try (JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]).orThrow()
    }

    @Test func devicesAndTimeMove() async throws {
        try await RunningSimulator.run { simulator in
            let control = simulator.controlPort
            func send(_ method: String, _ path: String, _ body: String = "") async throws -> HTTP.Answer {
                try await HTTP.request(control, method, path, body)
            }
            let status = try object(try await send("GET", "/"))
            #expect(status["version"] as? String == "7.20")
            #expect(status["routeros_port"] as? Int == simulator.port)
            #expect(status["now"] as? String == Client.start.rfc3339)

            let phone = #"{"mac":"aa:00:00:00:00:01","ip":"10.5.50.11","to_address":"10.5.50.12"}"#
            #expect(try await send("POST", "/phones", phone).status == 204)
            let user = #"{"words":["/ip/hotspot/user/add","=name=F1","=password=F1"]}"#
            #expect(try await send("POST", "/console", user).body == #"{"replies":[["!done","=ret=*1"]]}"#)
            let wrong = try await send("POST", "/phones/AA0000000001/sign-in", #"{"user":"F1","password":"x"}"#)
            #expect(wrong.body == #"{"error":"invalid username or password"}"#)
            let right = try await send("POST", "/phones/AA:00:00:00:00:01/sign-in", #"{"user":"F1","password":"F1"}"#)
            #expect(right.body == "{}")
            let bytes = #"{"bytes_in":5,"bytes_out":7}"#
            #expect(try await send("POST", "/phones/AA:00:00:00:00:01/traffic", bytes).status == 204)
            #expect(try await send("POST", "/clock/advance", #"{"seconds":61.5}"#).status == 204)
            #expect(try await send("POST", "/phones/AA:00:00:00:00:01/sign-out").status == 204)
            #expect(try await send("DELETE", "/phones/AA:00:00:00:00:01").status == 204)

            let ledger = try object(try await send("GET", "/ledger"))
            let login = try (ledger["logins"] as? [[String: Any]])?.first.orThrow()
            #expect(login?["cause"] as? String == "user request")
            #expect(login?["ended_at"] as? String == (Client.start + .milliseconds(61_500)).rfc3339)
            let tables = try object(try await send("GET", "/tables"))
            let users = tables["/ip/hotspot/user"] as? [[String: String]]
            #expect(users?.last?["bytes-out"] == "7")
            #expect(try await send("POST", "/reset").status == 204)
            #expect(simulator.router.ledger.logins.isEmpty)
        }
    }

    @Test func faultsAreSetShownAndCleared() async throws {
        try await RunningSimulator.run { simulator in
            let control = simulator.controlPort
            let faults: [(String, Fault)] = [
                (#"{"effect":"delay","seconds":9.5}"#, Fault(.delay(.milliseconds(9_500)))),
                (#"{"effect":"silence","executes":true,"times":0}"#, Fault(.silence(executes: true), times: nil)),
                (
                    #"{"effect":"drop","reset":true,"skipping":2}"#,
                    Fault(.drop(executes: false, reset: true), skipping: 2)
                ),
                (#"{"effect":"twice"}"#, Fault(.twice)),
                (#"{"effect":"execute_late","seconds":3}"#, Fault(.executeLate(after: .seconds(3)))),
                (#"{"effect":"garbage","bytes":[1,255]}"#, Fault(.garbage([1, 255]))),
                (#"{"effect":"trap","message":"no","path":"/ip/hotspot"}"#, Fault(.trap("no"), on: "/ip/hotspot")),
                (#"{"effect":"reboot","seconds":60,"times":3}"#, Fault(.reboot(downFor: .seconds(60)), times: 3)),
            ]
            for (body, _) in faults {
                #expect(try await HTTP.request(control, "POST", "/faults", body).status == 204)
            }
            #expect(simulator.router.faults == faults.map(\.1))
            // What is shown can be sent back.
            let shown = try await HTTP.request(control, "GET", "/faults").body
            let list = try (JSONSerialization.jsonObject(with: Data(shown.utf8)) as? [Any]).orThrow()
            #expect(try await HTTP.request(control, "DELETE", "/faults").status == 204)
            #expect(simulator.router.faults.isEmpty)
            for fault in list {
                let body = String(decoding: try JSONSerialization.data(withJSONObject: fault), as: UTF8.self)
                _ = try await HTTP.request(control, "POST", "/faults", body)
            }
            #expect(simulator.router.faults == faults.map(\.1))
        }
    }

    @Test func limitsAndPower() async throws {
        try await RunningSimulator.run { simulator in
            let control = simulator.controlPort
            #expect(try await HTTP.request(control, "PUT", "/max-sessions", #"{"count":0}"#).status == 204)
            #expect(simulator.router.openSession() == nil)
            #expect(try await HTTP.request(control, "PUT", "/max-sessions", #"{"count":5}"#).status == 204)
            let session = try simulator.router.openSession(loggedInAs: "fichas").orThrow()
            #expect(try await HTTP.request(control, "PUT", "/latency", #"{"milliseconds":2.5}"#).status == 204)
            let execution = simulator.router.execute(["/system/identity/print"], session: session)
            #expect(execution.delay == .microseconds(2_500))
            #expect(try await HTTP.request(control, "POST", "/reboot", #"{"seconds":60}"#).status == 204)
            #expect(!simulator.router.takePushes(session).isOpen)
        }
    }

    @Test(arguments: [
        ("POST", "/phones", "{}"), ("POST", "/phones", "nonsense"), ("DELETE", "/phones/x", ""),
        ("POST", "/clock/advance", #"{"seconds":-1}"#), ("POST", "/console", #"{"words":[]}"#),
        ("POST", "/console", #"{"words":[""]}"#), ("POST", "/faults", #"{"effect":"magic"}"#),
    ])
    func nonsenseIsABadRequest(method: String, path: String, body: String) async throws {
        try await RunningSimulator.run { simulator in
            let answer = try await HTTP.request(simulator.controlPort, method, path, body)
            #expect(answer.status == 400)
        }
    }
}
