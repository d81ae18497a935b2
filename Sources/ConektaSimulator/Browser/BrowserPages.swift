import FoundationEssentials

/// What the simulator serves to browsers beside the API: the tokenizer, its card form, the 3DS page and a trial page.
struct BrowserPages: Sendable {
    let core: ConektaCore

    /// Nil when the request is for the API.
    func answer(_ request: ConektaRequest) -> ConektaResponse? {
        let path = String(request.target.prefix { $0 != "?" })
        if path.hasPrefix(ChallengePage.pathPrefix) { return challenge(request) }
        guard request.method == "GET" else { return nil }
        switch path {
        case CheckoutScript.path:
            var response = page(CheckoutScript.text, policy: nil)
            response.headers["content-type"] = "text/javascript; charset=utf-8"
            response.headers["access-control-allow-origin"] = "*"
            return response
        case CardPage.path: return page(CardPage.html, policy: Self.selfContained + "; connect-src 'self'")
        case TrialPage.path: return page(TrialPage(publicKey: core.account.publicKey).html, policy: nil)
        default: return nil
        }
    }

    /// `GET` shows the question; `POST` with `decision=approve` or `decision=fail` answers it.
    private func challenge(_ request: ConektaRequest) -> ConektaResponse {
        guard let id = request.path.last, let order = core.order(challengedAs: id) else {
            return ConektaResponse(status: 404, headers: ["content-type": "text/plain"], body: Data("404\n".utf8))
        }
        if request.method == "POST" {
            let decision = String(decoding: request.body.prefix(100), as: UTF8.self)
            core.finishChallenge(orderID: order.id, approved: decision == "decision=approve")
        }
        let view = ChallengePage(
            order: core.order(order.id) ?? order,
            companyName: core.account.companyName,
            isEmbedded: request.query["source"] == "embedded"
        )
        if let redirection = view.redirection {
            return ConektaResponse(status: 303, headers: ["location": redirection], body: Data())
        }
        return page(view.html, policy: Self.selfContained)
    }

    private func page(_ text: String, policy: String?) -> ConektaResponse {
        var headers = [
            "content-type": "text/html; charset=utf-8", "cache-control": "no-store", "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
        ]
        headers["content-security-policy"] = policy
        return ConektaResponse(status: 200, headers: headers, body: Data(text.utf8))
    }

    private static let selfContained = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
}
