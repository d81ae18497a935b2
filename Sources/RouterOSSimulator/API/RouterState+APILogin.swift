import Crypto
import RouterOS
import Shared

/// Logging in to the router's API (reference `routeros.md` §1.6).
extension RouterState {
    /// The replies to `/login`, untagged.
    mutating func logIn(_ command: Command, _ id: SessionID) -> [Sentence] {
        let method = configuration.loginMethod
        if method != .plain, let response = command["response"] {
            let login = sessions[id]?.login
            return conclude(command, id) { account in
                guard case .challenged(let challenge) = login else { return false }
                return response.text == RouterState.response(to: challenge, password: account.password.reveal())
            }
        }
        if method != .challenge, method == .plain || command["name"] != nil {
            let password = command["password"] ?? ""
            return conclude(command, id) { Word($0.password.reveal()) == password }
        }
        // An old router knows neither name nor password here: whatever was sent, it answers with a challenge.
        let challenge = Array(Insecure.MD5.hash(data: Array("\(id.number) \(now.milliseconds)".utf8)))
        sessions[id]?.login = .challenged(challenge)
        return [["!done", Word("=ret=" + hex(challenge))]]
    }

    private mutating func conclude(
        _ command: Command,
        _ id: SessionID,
        _ proves: (APIUser) -> Bool
    ) -> [Sentence] {
        guard let account = account(command["name"]?.text ?? ""), account.policies.contains(.api), proves(account)
        else {
            ledger.apiLoginsRefused += 1
            let message = version < RouterOSVersion(6, 43) ? "cannot log in" : "invalid user name or password (6)"
            return [Trap(message).sentence(version), ["!done"]]
        }
        ledger.apiLogins += 1
        sessions[id]?.login = .done(account)
        return [["!done"]]
    }

    /// `00` and the MD5 over a zero byte, the password and the challenge.
    static func response(to challenge: [UInt8], password: String) -> String {
        "00" + hex(Array(Insecure.MD5.hash(data: [0] + Array(password.utf8) + challenge)))
    }
}

private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
