import TestSupport
import Testing

@testable import RouterOS

struct WordTests {
    @Test func `text is read as UTF-8 where it is`() {
        #expect(Word(bytes: Array("café €".utf8)).text == "café €")
    }

    @Test func `text from WinBox is read as Windows-1252`() {
        #expect(Word(bytes: [0x63, 0x61, 0x66, 0xE9]).text == "café")
        #expect(Word(bytes: [0x80, 0x31, 0x20, 0x93, 0xF1, 0x94]).text == "€1 “ñ”")
    }

    @Test(arguments: UInt8.min...UInt8.max)
    func `every byte has a text`(byte: UInt8) {
        #expect(Word(bytes: [byte]).text.unicodeScalars.count == 1)
    }

    @Test func `bytes that mean nothing are shown as such`() {
        #expect(Word(bytes: [0x81, 0xE9]).text == "\u{FFFD}é")
    }
}
