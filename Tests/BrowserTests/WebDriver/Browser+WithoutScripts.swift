import Foundation

// A browser that runs no scripts. The driver's own commands for elements are scripts too, so these go past them, over
// the DevTools protocol (https://chromedevtools.github.io/devtools-protocol/).
extension Browser {
    func turnScriptsOff() async throws {
        try await devTools("Emulation.setScriptExecutionDisabled", ["value": true])
    }

    /// The HTML of the first element a CSS selector finds, waiting for it.
    func htmlWithoutScripts(of selector: String) async throws -> String {
        let node = try await node(selector)
        let answer = try await devTools("DOM.getOuterHTML", ["nodeId": node]) as? [String: Any]
        return answer?["outerHTML"] as? String ?? ""
    }

    /// Taps the middle of the first element a CSS selector finds, waiting for it.
    func tapWithoutScripts(_ selector: String) async throws {
        let answer = try await devTools("DOM.getContentQuads", ["nodeId": try await node(selector)])
        guard let quad = ((answer as? [String: Any])?["quads"] as? [[Double]])?.first, quad.count == 8 else {
            throw WebDriverError(status: 0, body: "\(selector) is not shown")
        }
        let (x, y) = ((quad[0] + quad[4]) / 2, (quad[1] + quad[5]) / 2)
        for type in ["mousePressed", "mouseReleased"] {
            try await devTools(
                "Input.dispatchMouseEvent",
                ["type": type, "x": x, "y": y, "button": "left", "clickCount": 1]
            )
        }
    }

    private func node(_ selector: String) async throws -> Int {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            let document = try await devTools("DOM.getDocument", ["depth": 0]) as? [String: Any]
            let root = (document?["root"] as? [String: Any])?["nodeId"] as? Int ?? 0
            // Between two pages the document goes away under our hands; the next round finds the new one.
            let query: [String: Any] = ["nodeId": root, "selector": selector]
            let answer = try? await devTools("DOM.querySelector", query) as? [String: Any]
            if let node = answer?["nodeId"] as? Int, node > 0 { return node }
        }
        throw WebDriverError(status: 404, body: "no element \(selector)")
    }

    @discardableResult
    func devTools(_ command: String, _ parameters: [String: Any]) async throws -> Any {
        try await post("goog/cdp/execute", ["cmd": command, "params": parameters])
    }
}
