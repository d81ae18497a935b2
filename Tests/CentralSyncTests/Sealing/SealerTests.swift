import Shared
import Testing

@testable import CentralSync

@Suite struct SealerTests {
    private static let sealer = Sealer(masterKey: Secret(CentralSettingsTests.keyOne))
    private static let place = SealingContext(table: "empresa", column: "conekta_private_sealed", row: "emp_1")

    @Test func `what was sealed is opened, and looks different each time`() throws {
        let sealed = try Self.sealer.seal(Secret("key_ñ"), for: Self.place)
        #expect(try Self.sealer.openText(sealed, for: Self.place).reveal() == "key_ñ")
        #expect(try Self.sealer.seal(Secret("key_ñ"), for: Self.place) != sealed)
        #expect("\(sealed)".contains("key") == false)
    }

    @Test func `it opens only for its own row`() throws {
        let sealed = try Self.sealer.seal(Secret("key"), for: Self.place)
        for place in [
            SealingContext(table: "empresa", column: "conekta_private_sealed", row: "emp_2"),
            SealingContext(table: "router", column: "conekta_private_sealed", row: "emp_1"),
        ] {
            #expect(throws: SealingError.damaged) { try Self.sealer.open(sealed, for: place) }
        }
    }

    @Test func `every changed byte shows`() throws {
        let sealed = try Self.sealer.seal(Secret("key"), for: Self.place)
        for index in sealed.bytes.indices {
            var bytes = sealed.bytes
            bytes[index] ^= 1
            #expect(throws: SealingError.self) { try Self.sealer.open(Sealed(bytes: bytes), for: Self.place) }
        }
        for count in sealed.bytes.indices {
            let cut = Sealed(bytes: Array(sealed.bytes.prefix(count)))
            #expect(throws: SealingError.damaged) { try Self.sealer.open(cut, for: Self.place) }
        }
    }

    @Test(arguments: DatabaseKind.allCases) func `another master key is noticed at start`(
        kind: DatabaseKind
    ) async throws {
        try await kind.withDatabase { database in
            try await Self.sealer.checkKey(of: database)
            try await Self.sealer.checkKey(of: database)
            let other = Sealer(masterKey: Secret(CentralSettingsTests.keyTwo))
            await #expect(throws: SealingError.otherKey) { try await other.checkKey(of: database) }
            let sealed = try Self.sealer.seal(Secret("key"), for: Self.place)
            #expect(throws: SealingError.otherKey) { try other.open(sealed, for: Self.place) }
        }
    }
}
