/// What the driver answered instead of a value.
struct WebDriverError: Error, CustomStringConvertible {
    let status: Int
    let body: String

    var description: String { "WebDriver \(status): \(body.prefix(600))" }
}
