import Shared
import Testing

@testable import ServerKit

@Suite struct PasswordHasherTests {
    /// RFC 7914 §12, the second one; its first half, as ours are half as long.
    @Test func `the hash is that of the standard`() async throws {
        let parameters = ScryptParameters(log2Rounds: 10, blockSize: 8, parallelism: 16)
        let text = "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        let digest = try #require(SHA256Digest(hexadecimal: text)).bytes
        let hash = PasswordHash(parameters: parameters, salt: Array("NaCl".utf8), digest: digest)
        let verdict = try await PasswordHasher(parameters: parameters).verify(Secret("password"), against: hash)
        #expect(verdict == .right(isOutdated: false))
    }

    @Test func `a hash is stored as text and read back, with its own salt each time`() async throws {
        let hasher = PasswordHasher(parameters: ScryptParameters(log2Rounds: 4, blockSize: 1, parallelism: 1))
        let first = try await hasher.hash(Secret("pingüino"))
        let second = try await hasher.hash(Secret("pingüino"))
        #expect(first != second)
        let read = try #require(PasswordHash(first.text))
        #expect(read == first)
        #expect(first.text.hasPrefix("$scrypt$ln=4,r=1,p=1$"))
        #expect(try await hasher.verify(Secret("pingu\u{308}ino"), against: read) == .right(isOutdated: false))
        #expect(try await hasher.verify(Secret("pinguino"), against: read) == .wrong)
        #expect(try await hasher.verify(Secret("pingüino"), against: nil) == .wrong)
    }

    @Test(
        arguments: [
            "", "$scrypt$ln=4,r=1,p=1$$", "$bcrypt$ln=4,r=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AA", "plain",
            "$scrypt$ln=30,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=4,r=999999,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        ]
    ) func `what is no hash is none`(text: String) {
        #expect(PasswordHash(text) == nil)
    }
}
