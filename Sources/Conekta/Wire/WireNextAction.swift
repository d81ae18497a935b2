/// Where the buyer must be sent for 3-D Secure (reference `conekta.md` §2.5).
struct WireNextAction: Decodable {
    let url: String?

    private enum CodingKeys: String, CodingKey { case redirect = "redirect_to_url" }
    private enum RedirectKeys: String, CodingKey { case url }

    init(from decoder: any Decoder) throws {
        let redirect = try decoder.container(keyedBy: CodingKeys.self)
            .nestedContainer(keyedBy: RedirectKeys.self, forKey: .redirect)
        let url = try redirect.decode(String.self, forKey: .url)
        // The page is shown to the buyer, so it is never anything but a web page over TLS, or one of a simulator here.
        self.url = ["https://", "http://127.0.0.1:", "http://localhost:"].contains(where: url.hasPrefix) ? url : nil
    }
}
