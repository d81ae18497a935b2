import Shared

/// What an installer types once to give a box to a site: twelve characters of a good alphabet, 60 bits, in groups.
struct EnrolmentCode: Sendable, Hashable {
    static let lifetime = Duration.seconds(7 * 86_400)

    /// Without the hyphens.
    let characters: String

    static func random() -> EnrolmentCode {
        EnrolmentCode(characters: RecordID.letters(12))
    }

    private init(characters: String) {
        self.characters = characters
    }

    /// Forgives case, blanks, hyphens, and the letters people read for digits; nil for what cannot be a code.
    init?(typed: String) {
        let known = RecordID.alphabet
        var characters = ""
        for character in typed.lowercased().prefix(64) where character != " " && character != "-" {
            let read: Character = ["o": "0", "i": "1", "l": "1"][character] ?? character
            guard let byte = read.asciiValue, known.contains(byte) else { return nil }
            characters.append(read)
        }
        guard characters.count == 12 else { return nil }
        self.characters = characters
    }

    /// As it is shown: `7k3m-9x2p-q4vd`.
    var grouped: String {
        let all = Array(characters)
        return stride(from: 0, to: 12, by: 4).map { String(all[$0..<$0 + 4]) }.joined(separator: "-")
    }

    var digest: SHA256Digest { SHA256Digest(of: characters) }
}
