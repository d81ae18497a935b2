import Foundation

/// Where a text stops being JSON, for the person who wrote it by hand. Of the text itself it repeats nothing: the place
/// may be in the middle of a password.
struct JSONProblem {
    let text: String

    init(_ json: Data) {
        guard let position = Self.position(in: json) else {
            text = "a number has a fraction or more digits than fit"
            return
        }
        guard position < json.count else {
            text = "not JSON: it ends before it is whole (a brace, a bracket or a quotation mark is not closed)"
            return
        }
        let before = json.prefix(position)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? json.startIndex
        let column = String(decoding: json[lineStart..<before.endIndex], as: UTF8.self).count + 1
        text =
            "not JSON from line \(line), column \(column) on"
            + " (is there a comma too many or too few, or a word of the example that had to be replaced?)"
    }

    /// The offset of the first byte that does not fit, the end where something is missing; nil when all of it is JSON.
    private static func position(in json: Data) -> Int? {
        do {
            _ = try JSONSerialization.jsonObject(with: json)
            return nil
        } catch {
            let words = ((error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String ?? "").split {
                !$0.isNumber
            }
            return words.last.flatMap { Int($0) } ?? json.count
        }
    }
}
