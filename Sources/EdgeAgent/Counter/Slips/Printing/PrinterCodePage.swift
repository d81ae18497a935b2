import Foundation

/// PC850, the code page with the letters of Spanish that every receipt printer has.
/// https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/CP850.TXT
enum PrinterCodePage {
    /// Its number in `ESC t`.
    static let number: UInt8 = 2

    /// From 0x80 on. The soft hyphen and the space that does not break stand for nothing we print.
    private static let upperHalf = Array(
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤"
            + "ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}"
    )
    private static let bytes = Dictionary(
        uniqueKeysWithValues: upperHalf.enumerated().map { ($1, UInt8(0x80 + $0)) }
    )
    /// What people write on telephones and computers, in the printer's letters.
    private static let replacements: [Character: String] = [
        "‘": "'", "’": "'", "ꞌ": "'", "“": "\"", "”": "\"", "„": "\"", "–": "-", "—": "-", "−": "-", "…": "...",
        "•": "·", "€": "EUR", "™": "TM", "œ": "oe", "Œ": "OE", "→": "->", "✓": "·", "№": "No.",
    ]

    /// The text in letters that the code page has; a question mark for what has none.
    static func readable(_ text: String) -> String {
        var readable = ""
        for character in text.precomposedStringWithCanonicalMapping {
            if byte(of: character) != nil {
                readable.append(character)
            } else if let replacement = replacements[character] {
                readable += replacement
            } else {
                // The letter without its marks, such as the long vowels of náhuatl.
                let base = String(character).decomposedStringWithCanonicalMapping.unicodeScalars.first
                readable.append(base.flatMap { byte(of: Character($0)) == nil ? nil : Character($0) } ?? "?")
            }
        }
        return readable
    }

    /// The bytes of a text made ``readable(_:)``; nothing in them commands the printer.
    static func encode(_ text: String) -> [UInt8] {
        text.map { byte(of: $0) ?? UInt8(ascii: "?") }
    }

    private static func byte(of character: Character) -> UInt8? {
        if let ascii = character.asciiValue { return (0x20..<0x7F).contains(ascii) ? ascii : nil }
        return bytes[character]
    }
}
