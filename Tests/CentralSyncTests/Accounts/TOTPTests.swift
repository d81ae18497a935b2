import Shared
import Testing

@testable import CentralSync

@Suite struct TOTPTests {
    private static let totp = TOTP(secret: Secret(Array("12345678901234567890".utf8)))

    /// RFC 6238, appendix B, the rows for SHA-1.
    @Test(
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)]
    ) func `the codes are those of the standard`(seconds: Int64, code: String) {
        let step = TOTP.step(at: Timestamp(seconds: seconds))
        #expect(Self.totp.code(step: step, digits: 8) == code)
        #expect(Self.totp.code(step: step) == String(code.suffix(6)))
    }

    @Test func `one step before and after is let through`() {
        let now = Timestamp(seconds: 1_234_567_890)
        let step = TOTP.step(at: now)
        for offset in Int64(-2)...2 {
            let code = Self.totp.code(step: step + offset)
            #expect(Self.totp.matchingStep(code, now: now) == (abs(offset) <= 1 ? step + offset : nil))
        }
        #expect(Self.totp.matchingStep("005 924", now: now) == step)
        #expect(Self.totp.matchingStep("", now: now) == nil)
    }

    /// RFC 4648 §10, without the padding.
    @Test(
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ]
    ) func `secrets are written as the standard says`(text: String, encoded: String) {
        #expect(Base32.encode(Array(text.utf8)) == encoded)
    }
}
