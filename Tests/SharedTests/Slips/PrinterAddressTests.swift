import Shared
import Testing

@Suite struct PrinterAddressTests {
    @Test(arguments: [
        ("192.168.88.50", "192.168.88.50", 9_100), ("10.0.0.1:9101", "10.0.0.1", 9_101),
        ("172.16.0.9", "172.16.0.9", 9_100), ("172.31.255.254", "172.31.255.254", 9_100),
        ("169.254.3.4", "169.254.3.4", 9_100), ("127.0.0.1:9100", "127.0.0.1", 9_100),
    ])
    func `printers of the local network are named by number`(text: String, host: String, port: Int) throws {
        let address = try #require(PrinterAddress(text))
        #expect(address.host == host)
        #expect(address.port == port)
    }

    @Test(arguments: [
        "", "impresora", "impresora.local", "8.8.8.8", "172.15.0.1", "172.32.0.1", "192.169.0.1", "169.253.0.1",
        "0.0.0.0",
        "255.255.255.255", "224.0.0.1", "100.64.0.1", "11.0.0.1", "192.168.88", "192.168.88.50.1", "192.168.88.256",
        "192.168.088.50", "0xC0.168.1.1", "3232258098", "192.168.1.1:", "192.168.1.1:0", "192.168.1.1:65536",
        "192.168.1.1:+80", "192.168.1.1:80:80", "192.168.1.1 ", " 192.168.1.1", "192.168.1.-1", "192.168..1",
        "[::1]:9100",
        "::ffff:10.0.0.1", "10.0.0.1@evil.mx", "10.0.0.1/x", "１0.0.0.1", "10.0.0.1:9100999999999999999999",
    ])
    func `no other machine is`(text: String) {
        #expect(PrinterAddress(text) == nil)
    }
}
