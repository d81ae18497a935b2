import Testing

@testable import ServerKit

struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:9090", "127.0.0.1", 9_090, true), ("127.8.9.1:1", "127.8.9.1", 1, true),
        ("[::1]:80", "::1", 80, true), ("[0:0:0:0:0:0:0:1]:80", "0:0:0:0:0:0:0:1", 80, true),
        ("[::ffff:127.0.0.1]:80", "::ffff:127.0.0.1", 80, true), ("[::ffff:7f00:1]:80", "::ffff:7f00:1", 80, true),
        ("localhost:65535", "localhost", 65_535, true),
        ("0.0.0.0:0", "0.0.0.0", 0, false), ("192.168.88.2:80", "192.168.88.2", 80, false),
        ("[::]:80", "::", 80, false), ("[fe80::1]:80", "fe80::1", 80, false),
        ("[::ffff:10.0.0.1]:80", "::ffff:10.0.0.1", 80, false),
    ])
    func isRead(text: String, host: String, port: Int, isLoopback: Bool) throws {
        let address = try #require(ListenAddress(text))
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.isLoopback == isLoopback)
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", ":", ":80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:-1", "127.0.0.1:+1", "127.0.0.1:65536",
        "::1:80", "[::1]", "[127.0.0.1]:80", "example.com:80", "256.0.0.1:80", "127.0.0.1:80 ", "[]:80", "[:80",
    ])
    func isRefused(text: String) {
        #expect(ListenAddress(text) == nil)
    }

    @Test(arguments: [
        ("0.0.0.0:80", "127.0.0.1:80"), ("[::]:80", "[::1]:80"), ("192.168.88.2:80", "192.168.88.2:80"),
        ("127.0.0.2:80", "127.0.0.2:80"), ("[fe80::1]:80", "[fe80::1]:80"),
    ])
    func isFoundFromThisMachine(text: String, there: String) throws {
        #expect(try #require(ListenAddress(text)).fromThisMachine.description == there)
    }

    @Test func whatIsNoAddressIsNotLoopback() {
        #expect(!ListenAddress.isLoopback(""))
        #expect(!ListenAddress.isLoopback("127.0.0.1.example.com"))
        #expect(!ListenAddress.isLoopback("127.0.0.1 "))
    }
}
