import Shared
import TestSupport
import Testing

@Suite struct FichaCodeTests {
    @Test func `the check digit is Damm's`() {
        // 572 takes the check digit 4: the worked example at https://en.wikipedia.org/wiki/Damm_algorithm. Leading zeros
        // change nothing in this scheme.
        #expect(FichaCode(digits: "0000005724") != nil)
        #expect(FichaCode(digits: "0000005723") == nil)
    }

    @Test(arguments: UInt64(1)...50)
    func `every wrong digit and every swap of neighbours is caught`(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let digits = Array(FichaCode(using: &generator).digits)
        for place in digits.indices {
            for digit in "0123456789" where digit != digits[place] {
                var wrong = digits
                wrong[place] = digit
                #expect(FichaCode(digits: String(wrong)) == nil, "seed \(seed)")
            }
            if place > 0, digits[place] != digits[place - 1] {
                var swapped = digits
                swapped.swapAt(place, place - 1)
                #expect(FichaCode(digits: String(swapped)) == nil, "seed \(seed)")
            }
        }
    }

    @Test(arguments: UInt64(1)...50)
    func `what is printed is read back, however it is typed`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let code = FichaCode(using: &generator)
        #expect(code.digits.first != "0")
        #expect(FichaCode(typed: code.grouped) == code)
        #expect(FichaCode(typed: " \(code.grouped.replacing(" ", with: "-")) ") == code)
        let asLetters = code.digits.replacing("0", with: "O").replacing("1", with: "l")
        #expect(FichaCode(typed: asLetters) == code, "seed \(seed)")
    }

    @Test(arguments: ["", "123", "abcdefghij", "12345678901", String(repeating: "1", count: 5_000), "１２３４５６７８９０"])
    func `nothing else is a code`(text: String) {
        #expect(FichaCode(typed: text) == nil)
        #expect(FichaCode(digits: text) == nil)
    }
}
