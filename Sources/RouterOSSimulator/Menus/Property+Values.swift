import RouterOS
import Shared

extension Property {
    /// The value as the router keeps and shows it, or nil when it means "not set".
    ///
    /// `names` are the names there are in the menu the property refers to.
    func normalised(_ value: Word, names: [String], writeTime: (Duration) -> String) throws(Trap) -> Word? {
        let text = value.text
        let result: String
        switch kind {
        case .text:
            return value.text == unsetValue ? nil : value
        case .boolean:
            result = try boolean(text)
        case .number:
            result = try number(text)
        case .numberOr(let word):
            result = text != "" && word.hasPrefix(text) ? word : try number(text)
        case .time, .timeout:
            if kind == .timeout, text == "none" { return Word(text) }
            guard let time = RouterTime.parse(text) else {
                throw Trap("invalid time value for argument \(name)", .argumentValue)
            }
            result = writeTime(time)
        case .macAddress:
            guard let mac = MACAddress(text) else {
                throw Trap("invalid value of \(name), mac address required", .argumentValue)
            }
            result = mac.description
        case .address:
            guard let address = IPv4Address(text) else { throw .invalidValue(name) }
            result = address.description
        case .oneOf(let words):
            result = try chosen(text, among: words)
        case .listOf(let words):
            var parts: [String] = []
            for part in text.split(separator: ",") {
                parts.append(try chosen(String(part), among: words))
            }
            result = parts.joined(separator: ",")
        case .nameIn(_, let words):
            result = try chosen(text, among: names + words)
        }
        return result == unsetValue ? nil : Word(result)
    }

    private func boolean(_ text: String) throws(Trap) -> String {
        switch text {
        case "true", "yes": "true"
        case "false", "no": "false"
        default: throw .noMatch(name)
        }
    }

    private func number(_ text: String) throws(Trap) -> String {
        guard let number = UInt64(text) else { throw .invalidValue(name) }
        return String(number)
    }

    /// RouterOS takes any beginning of a word that fits only one (reference `routeros.md` §3).
    private func chosen(_ text: String, among words: [String]) throws(Trap) -> String {
        if words.contains(text) { return text }
        let fitting = words.filter { $0.hasPrefix(text) }
        guard let word = fitting.first else { throw .noMatch(name) }
        guard fitting.count == 1 else { throw .ambiguous(name) }
        return word
    }
}
