import Foundation

extension Browser {
    /// What the print dialogue would send to the printer, on the paper the page asks for, as a PDF.
    func printed() async throws -> Data {
        let options: [String: Any] = ["preferCSSPageSize": true, "printBackground": false]
        let answer = try await devTools("Page.printToPDF", options) as? [String: Any]
        guard let text = answer?["data"] as? String, let document = Data(base64Encoded: text) else {
            throw WebDriverError(status: 0, body: "no document")
        }
        return document
    }
}
