import Shared
import Testing

@testable import RouterOS

struct SecrecyTests {
    @Test func `a configuration does not show its password`() {
        let configuration = RouterOSConfiguration(host: "h", username: "u", password: Secret("opensesame"))
        var text = "\(configuration)" + String(reflecting: configuration)
        dump(configuration, to: &text)
        #expect(!text.contains("opensesame"))
    }

    @Test func `a new user does not show its password`() {
        let user = HotspotUser.New(name: "n", password: Secret("opensesame"), profile: "p")
        var text = "\(user)" + String(reflecting: user)
        dump(user, to: &text)
        #expect(!text.contains("opensesame"))
    }
}
