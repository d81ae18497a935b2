import Shared
import Testing

@testable import CentralSync

@Suite struct PasswordTests {
    private static func isAccepted(_ password: String, _ role: Role) -> Bool {
        do {
            try PasswordRules.check(Secret(password), role: role, email: "maria.h@correo.mx", field: "password")
            return true
        } catch {
            return false
        }
    }

    @Test(arguments: ["tres gatos verdes", "Zq8!kd0-ws2#", "🐧 pingüino azul", String(repeating: "abcdefgh", count: 16)])
    func `long ones are accepted`(password: String) {
        #expect(Self.isAccepted(password, .superAdmin))
    }

    @Test(
        arguments: [
            "corta", "once letras", "aaaaaaaaaaaaaaaa", "Password2026!!", "Mikrotik12345", "FichasWifi2026",
            "administrador1", "ClaveAdminFichas123!", "maria.h rules ok", String(repeating: "x9", count: 65),
        ]
    ) func `short, known and obvious ones are not`(password: String) {
        #expect(!Self.isAccepted(password, .superAdmin))
    }

    @Test func `a cajero may have a shorter one`() {
        #expect(Self.isAccepted("gatoverd", .cajero))
        #expect(!Self.isAccepted("gatover", .cajero))
        #expect(!Self.isAccepted("password1", .cajero))
        #expect(!Self.isAccepted("gatoverd", .tecnico))
    }

    @Test func `a temporary one would be accepted`() {
        for _ in 0..<100 { #expect(Self.isAccepted(PasswordRules.temporary().reveal(), .superAdmin)) }
    }
}
