import TestSupport

@testable import RouterOS

extension Sentence {
    /// One to ten words of any bytes, short ones mostly, some at the edges of the length's forms.
    static func random(using generator: inout SplitMix64) -> Sentence {
        let words = (0..<Int.random(in: 1...10, using: &generator)).map { _ in
            let lengths =
                Int.random(in: 0..<30, using: &generator) == 0 ? [16_383, 16_384] : [1, 5, 20, 127, 128, 300]
            let length = lengths[Int.random(in: 0..<lengths.count, using: &generator)]
            return Word(bytes: (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
        return Sentence(words)
    }
}
