internal import Crypto
import Shared

/// The two ways to log in (reference `routeros.md` §1.6).
///
/// The plain form is sent first. A router before 6.43 does not know it and answers with a challenge instead.
enum Login {
    /// Name and password in one sentence, since RouterOS 6.43.
    static func plain(_ credentials: Credentials) -> Sentence {
        ["/login", Word("=name=" + credentials.username), Word("=password=" + credentials.password.reveal())]
    }

    /// The challenge in the answer of a router before 6.43, 16 bytes; nil if the answer holds none.
    static func challenge(in done: Sentence) -> [UInt8]? {
        guard let text = done.attribute("ret")?.text else { return nil }
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 32, text.utf8.count == 32 else { return nil }
        return stride(from: 0, to: 32, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// The answer to a challenge: MD5 over a zero byte, the password and the challenge.
    static func answer(to challenge: [UInt8], as credentials: Credentials) -> Sentence {
        let digest = Insecure.MD5.hash(data: [0] + Array(credentials.password.reveal().utf8) + challenge)
        let response = digest.map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        return ["/login", Word("=name=" + credentials.username), Word("=response=00" + response.joined())]
    }
}
