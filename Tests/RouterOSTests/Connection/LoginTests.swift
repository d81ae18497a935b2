import Shared
import Testing

@testable import RouterOS

struct LoginTests {
    /// MikroTik's own worked examples, and one two other libraries agree on; reference `routeros.md` §1.6.
    @Test(arguments: [
        ("", "856780b7411eefd3abadee2058c149a3", "005062f7a5ef124d34675bf3e81f56c556"),
        ("", "93b438ec9b80057c06dd9fe67d56aa9a", "00e134102a9d330dd7b1849fedfea3cb57"),
        ("secret", "856780b7411eefd3abadee2058c149a3", "009622e621f0892961a28bcf7a0cea13e4"),
    ])
    func `a challenge is answered as MikroTik documents it`(
        password: String,
        challenge: String,
        response: String
    ) throws {
        let bytes = try #require(Login.challenge(in: ["!done", Word("=ret=\(challenge)")]))
        let credentials = Credentials(username: "admin", password: Secret(password))
        #expect(Login.answer(to: bytes, as: credentials) == ["/login", "=name=admin", Word("=response=\(response)")])
    }
}
