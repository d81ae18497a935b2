import RouterOS
import Shared

/// The query words of a print: a small stack machine over the properties of a row (reference `routeros.md` §1.5).
struct Query {
    private enum Comparison { case equal, less, greater }

    private enum Term {
        case has(String)
        case hasNot(String)
        case compare(String, Comparison, Word)
        case operations(String)
    }

    private let terms: [Term]

    /// From the words that begin with `?`, in their order.
    init(_ words: [Word]) {
        terms = words.map { Query.term($0.bytes.dropFirst()) }
    }

    private static func term(_ bytes: ArraySlice<UInt8>) -> Term {
        let rest = bytes.dropFirst()
        switch bytes.first.map({ Character(UnicodeScalar($0)) }) {
        case "#": return .operations(text(rest))
        case "-": return .hasNot(text(rest))
        case "<": return comparison(.less, rest)
        case ">": return comparison(.greater, rest)
        case "=": return comparison(.equal, rest)
        default: return comparison(.equal, bytes)
        }
    }

    private static func comparison(_ comparison: Comparison, _ bytes: ArraySlice<UInt8>) -> Term {
        guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else { return .has(text(bytes)) }
        return .compare(text(bytes[..<equals]), comparison, Word(bytes: Array(bytes[(equals + 1)...])))
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        Word(bytes: Array(bytes)).text
    }

    /// The name every matching row must have, when the query says so without operations: it spares a scan.
    var requiredName: Word? {
        var required: Word?
        for term in terms {
            switch term {
            case .operations: return nil
            case .compare("name", .equal, let value): required = value
            default: break
            }
        }
        return required
    }

    /// Whether a row with these values is printed: nothing false is left on the stack.
    func matches(_ values: [String: Word], _ schema: MenuSchema) -> Bool {
        var stack: [Bool] = []
        for term in terms {
            switch term {
            case .has(let name): stack.append(values[name] != nil)
            case .hasNot(let name): stack.append(values[name] == nil)
            case .compare(let name, let comparison, let value):
                stack.append(
                    values[name].map { holds($0, comparison, value, schema[name]?.kind) } ?? false
                )
            case .operations(let operations): apply(operations, to: &stack)
            }
        }
        return !stack.contains(false)
    }

    private func holds(_ own: Word, _ comparison: Comparison, _ other: Word, _ kind: Property.Kind?) -> Bool {
        switch kind {
        case .boolean:
            return comparison == .equal && own.text == (["yes": "true", "no": "false"][other.text] ?? other.text)
        case .time, .timeout:
            guard let left = RouterTime.parse(own.text), let right = RouterTime.parse(other.text) else { break }
            return ordered(left, comparison, right)
        case .macAddress:
            guard let right = MACAddress(other.text) else { break }
            return comparison == .equal && MACAddress(own.text) == right
        case .number, .numberOr:
            guard let left = UInt64(own.text), let right = UInt64(other.text) else { break }
            return ordered(left, comparison, right)
        default: break
        }
        return comparison == .equal ? own == other : ordered(own.text, comparison, other.text)
    }

    private func ordered<Value: Comparable>(_ left: Value, _ comparison: Comparison, _ right: Value) -> Bool {
        switch comparison {
        case .equal: left == right
        case .less: left < right
        case .greater: left > right
        }
    }

    private func apply(_ operations: String, to stack: inout [Bool]) {
        var index: Int?
        for operation in operations {
            if let digit = operation.wholeNumberValue {
                index = min((index ?? 0) * 10 + digit, 1_000)
                continue
            }
            if let position = index {
                stack.append(value(at: position, in: stack))
                index = nil
                // A dot only ends the index.
                if operation == "." { continue }
            }
            switch operation {
            case "!": stack.append(!pop(&stack))
            case "&": stack.append([pop(&stack), pop(&stack)].allSatisfy { $0 })
            case "|": stack.append([pop(&stack), pop(&stack)].contains(true))
            case ".": stack.append(value(at: 0, in: stack))
            default: break
            }
        }
        if let position = index { stack = [value(at: position, in: stack)] }
    }

    /// Under the values that were pushed lie endlessly many true ones.
    private func pop(_ stack: inout [Bool]) -> Bool { stack.popLast() ?? true }

    private func value(at index: Int, in stack: [Bool]) -> Bool {
        index < stack.count ? stack[stack.count - 1 - index] : true
    }
}
