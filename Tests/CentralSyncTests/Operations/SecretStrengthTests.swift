import Testing

@testable import CentralSync

@Suite struct SecretStrengthTests {
    @Test(
        arguments: [
            "6Zr2kQv9yXb4Nw7mTc1LdHs8PfGa3JuE", "9f2c41d07be3a85c6d1f0e94b27a583c9f03e17c",
            "uNvA8T0b0eQ4m1oVQG3G0q3T7lUqJXl4o8v0m5Y2c2k=",
        ]
    ) func `random keys pass`(key: String) {
        #expect(SecretStrength.problem(ofKey: key) == nil)
    }

    @Test(
        arguments: [
            "", "short", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "0123456789abcdef0123456789abcdef",
            "secreto_api_keys_venta_fichas", "SECRETO_SESIONES_VENTA_FICHAS_y_mas_largo_y_mas_largo",
            "please-changeme-6Zr2kQv9yXb4Nw7mTc1LdHs8", "secretsecretsecretsecretsecretse",
        ]
    ) func `keys that somebody made up do not`(key: String) {
        #expect(SecretStrength.problem(ofKey: key) != nil)
    }
}
