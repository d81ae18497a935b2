import Foundation
import TestSupport

/// Chromium without a window, driven over the WebDriver protocol (https://www.w3.org/TR/webdriver2/), as a phone's
/// captive sheet: 360 × 640, touch, nothing kept.
///
/// Waiting is the driver's: an element that is looked for may take as long as `patience` to appear.
final class Browser: Sendable {
    private static let patience = Duration.seconds(20)
    /// What an element's name is called on the wire.
    private static let elementKey = "element-6066-11e4-a52e-4f735466cecf"

    struct Element: Sendable {
        fileprivate let id: String
    }

    private let driver: RunningProgram
    private let folder: TemporaryDirectory
    private let connection: PlainHTTP
    /// The path all commands of the session begin with.
    private let session: String

    private init(
        driver: RunningProgram,
        folder: TemporaryDirectory,
        connection: PlainHTTP,
        session: String
    ) {
        self.driver = driver
        self.folder = folder
        self.connection = connection
        self.session = session
    }

    /// Runs `body` with a browser of its own, which is gone afterwards.
    ///
    /// - Parameter width: Of the screen in CSS pixels. Half of 360 is what a page zoomed to 200 % has to lay itself out in.
    static func run<Result: Sendable>(
        width: Int = 360,
        _ body: (Browser) async throws -> Result
    ) async throws -> Result {
        let browser = try await start(width: width)
        do {
            let result = try await body(browser)
            try await browser.quit()
            return result
        } catch {
            try? await browser.saveScreenshot("falla-\(UUID().uuidString.prefix(8))")
            try? await browser.quit()
            await browser.driver.killNow()
            throw error
        }
    }

    private static func start(width: Int) async throws -> Browser {
        // Chromium makes a socket in it, whose path has to be shorter than a folder of `TMPDIR` may be.
        let folder = try TemporaryDirectory(inMemory: true)
        let driver = try RunningProgram(
            URL(filePath: "/usr/bin/chromedriver"),
            ["--port=0"],
            environment: [
                "TMPDIR": folder.url.path(percentEncoded: false), "HOME": folder.url.path(percentEncoded: false),
            ]
        )
        let line = try await driver.line(containing: "started successfully on port ")
        guard let port = line.split(separator: " ").last.flatMap({ UInt16($0.filter(\.isNumber)) }) else {
            throw WebDriverError(status: 0, body: line)
        }
        let connection = PlainHTTP(port: port)
        let answer = try await send(
            "POST",
            "/session",
            ["capabilities": ["alwaysMatch": capabilities(folder: folder, width: width)]],
            over: connection
        )
        guard let id = (answer as? [String: Any])?["sessionId"] as? String else {
            throw WebDriverError(status: 0, body: "\(answer)")
        }
        return Browser(driver: driver, folder: folder, connection: connection, session: "/session/" + id)
    }

    private static func capabilities(folder: TemporaryDirectory, width: Int) -> [String: Any] {
        let options: [String: Any] = [
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=es-MX",
                "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--user-data-dir=\(folder.path("profile"))",
            ],
            "mobileEmulation": [
                "deviceMetrics": [
                    "width": width, "height": 640, "pixelRatio": 720 / width, "touch": true, "mobile": true,
                ]
            ],
        ]
        return [
            "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": ["browser": "ALL"],
            "timeouts": ["implicit": patience.components.seconds * 1_000, "pageLoad": 30_000],
        ]
    }

    private func quit() async throws {
        _ = try await Self.send("DELETE", session, nil, over: connection)
        try await driver.stop()
    }

    // MARK: Pages

    func open(_ address: String) async throws {
        _ = try await post("url", ["url": address])
    }

    var address: String {
        get async throws { try await get("url") as? String ?? "" }
    }

    /// The HTML as the browser now has it.
    var source: String {
        get async throws { try await get("source") as? String ?? "" }
    }

    /// What the page complained of, such as something its policy forbids. Reading empties it.
    var complaints: [String] {
        get async throws {
            let entries = try await post("se/log", ["type": "browser"]) as? [[String: Any]] ?? []
            return entries.compactMap { $0["message"] as? String }
        }
    }

    // MARK: Elements

    /// The first element a CSS selector finds, waiting for it.
    func element(_ selector: String) async throws -> Element {
        let answer = try await post("element", ["using": "css selector", "value": selector])
        return try Self.element(in: answer)
    }

    /// The first link or button with this text, waiting for it.
    func control(_ text: String) async throws -> Element {
        let path = "//*[self::a or self::button][contains(normalize-space(.), '\(text)')]"
        return try Self.element(in: try await post("element", ["using": "xpath", "value": path]))
    }

    /// Waits for a heading with this text.
    @discardableResult
    func heading(_ text: String) async throws -> Element {
        let path = "//h1[contains(normalize-space(.), '\(text)')]"
        return try Self.element(in: try await post("element", ["using": "xpath", "value": path]))
    }

    func text(_ selector: String) async throws -> String {
        try await get("element/\(try await element(selector).id)/text") as? String ?? ""
    }

    func property(_ name: String, of selector: String) async throws -> String {
        try await get("element/\(try await element(selector).id)/property/\(name)") as? String ?? ""
    }

    func type(_ text: String, into selector: String) async throws {
        _ = try await post("element/\(try await element(selector).id)/value", ["text": text])
    }

    func tap(_ element: Element) async throws {
        _ = try await post("element/\(element.id)/click", [:])
    }

    /// Two taps faster than any page can answer the first.
    func doubleTap(_ element: Element) async throws {
        let target: [String: Any] = [Self.elementKey: element.id]
        let tap: [[String: Any]] = [["type": "pointerDown", "button": 0], ["type": "pointerUp", "button": 0]]
        let move: [String: Any] = ["type": "pointerMove", "duration": 0, "origin": target, "x": 0, "y": 0]
        _ = try await post(
            "actions",
            [
                "actions": [
                    [
                        "type": "pointer", "id": "finger", "parameters": ["pointerType": "touch"],
                        "actions": [move] + tap + tap,
                    ]
                ]
            ]
        )
    }

    /// Runs `body` with the selectors meaning what is inside a frame.
    func inside(_ frame: String, _ body: () async throws -> Void) async throws {
        _ = try await post("frame", ["id": [Self.elementKey: try await element(frame).id]])
        try await body()
        _ = try await post("frame/parent", [:])
    }

    /// What a script of the test's own returns.
    func evaluate(_ script: String) async throws -> Any {
        try await post("execute/sync", ["script": "return " + script, "args": [Any]()])
    }

    // MARK: Pictures

    /// Writes what the phone shows into the folder `FICHAS_SCREENSHOTS` names, if it names one.
    func saveScreenshot(_ name: String) async throws {
        guard let folder = ProcessInfo.processInfo.environment["FICHAS_SCREENSHOTS"] else { return }
        guard let text = try await get("screenshot") as? String, let picture = Data(base64Encoded: text) else { return }
        try FileManager.default.createDirectory(at: URL(filePath: folder), withIntermediateDirectories: true)
        try picture.write(to: URL(filePath: folder).appending(path: name + ".png"))
    }

    // MARK: Protocol

    private func get(_ command: String) async throws -> Any {
        try await Self.send("GET", session + "/" + command, nil, over: connection)
    }

    @discardableResult
    func post(_ command: String, _ body: [String: Any]) async throws -> Any {
        try await Self.send("POST", session + "/" + command, body, over: connection)
    }

    private static func element(in answer: Any) throws -> Element {
        guard let id = (answer as? [String: Any])?[elementKey] as? String else {
            throw WebDriverError(status: 0, body: "\(answer)")
        }
        return Element(id: id)
    }

    private static func send(
        _ method: String,
        _ path: String,
        _ body: [String: Any]?,
        over connection: PlainHTTP
    ) async throws -> Any {
        let data = try body.map { try JSONSerialization.data(withJSONObject: $0) } ?? Data()
        let answer = try await connection.exchange(method, path, body: data)
        let json = try? JSONSerialization.jsonObject(with: answer.body)
        guard answer.status == 200, let json = json as? [String: Any] else {
            throw WebDriverError(status: answer.status, body: String(decoding: answer.body, as: UTF8.self))
        }
        return json["value"] ?? NSNull()
    }
}
