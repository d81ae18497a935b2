import NIOCore
import NIOTestUtils
import TestSupport
import Testing

@testable import RouterOS

struct SentenceCodecTests {
    /// What another client library really sends; reference `routeros.md` §1.7.
    static let vectors: [(hex: String, sentence: Sentence)] = [
        (
            "062f6c6f67696e 0b3d6e616d653d61646d696e 103d70617373776f72643d736563726574 00",
            ["/login", "=name=admin", "=password=secret"]
        ),
        (
            """
            142f69702f686f7473706f742f757365722f616464 0e3d6e616d653d4631482d384b324d 0e3d70617373776f72643d384b324d
            0b3d70726f66696c653d3168 103d6c696d69742d757074696d653d3168
            1e3d6d61632d616464726573733d41413a42423a43433a44443a45453a4646 0e3d636f6d6d656e743d636166c3a9
            0c3d64697361626c65643d6e6f 00
            """,
            [
                "/ip/hotspot/user/add", "=name=F1H-8K2M", "=password=8K2M", "=profile=1h", "=limit-uptime=1h",
                "=mac-address=AA:BB:CC:DD:EE:FF", "=comment=café", "=disabled=no",
            ]
        ),
        (
            """
            162f69702f686f7473706f742f757365722f7072696e74 133d2e70726f706c6973743d2e69642c6e616d65
            0f3f3d6e616d653d4631482d384b324d 00
            """,
            ["/ip/hotspot/user/print", "=.proplist=.id,name", "?=name=F1H-8K2M"]
        ),
        (
            "062f6c6f67696e 0b3d6e616d653d61646d696e 103d70617373776f72643d736563726574 062e7461673d31 00",
            ["/login", "=name=admin", "=password=secret", ".tag=1"]
        ),
        // A word of 256 bytes: its length holds a zero byte, which ends nothing.
        ("8100" + String(repeating: "61", count: 256) + "00", [Word(String(repeating: "a", count: 256))]),
    ]

    @Test(arguments: vectors)
    func `sentences are written as other clients write them`(hex: String, sentence: Sentence) {
        #expect(encoded([sentence]).hex == ByteBuffer(hex: hex).hex)
    }

    @Test func `sentences are read however the bytes arrive`() throws {
        try ByteToMessageDecoderVerifier.verifyDecoder(
            inputOutputPairs: Self.vectors.map { (ByteBuffer(hex: $0.hex), [$0.sentence]) },
            decoderFactory: { SentenceDecoder() }
        )
    }

    @Test func `sentences are read across every split`() throws {
        let sentences: [Sentence] = [
            ["!re", ".tag=1", "=.id=*1"], ["!empty", ".tag=2"], ["!done", "=ret=a=b", ".tag=1"],
        ]
        let bytes = encoded(sentences)
        for split in 0...bytes.readableBytes {
            var decoder = Incremental()
            decoder.feed(bytes.getSlice(at: 0, length: split)!)
            decoder.feed(bytes.getSlice(at: split, length: bytes.readableBytes - split)!)
            #expect(decoder.result == .success(sentences), "split at \(split)")
        }
    }

    @Test(arguments: UInt64(0)..<100)
    func `any sentences come back in any pieces`(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let sentences = (0..<Int.random(in: 1...8, using: &generator)).map { _ in Sentence.random(using: &generator) }
        var bytes = encoded(sentences)
        var decoder = Incremental()
        while bytes.readableBytes > 0 {
            let count = Int.random(in: 1...min(bytes.readableBytes, 400), using: &generator)
            decoder.feed(bytes.readSlice(length: count)!)
        }
        #expect(decoder.result == .success(sentences), "seed \(seed)")
    }

    @Test func `empty sentences are skipped`() {
        var decoder = Incremental()
        decoder.feed(ByteBuffer(hex: "0000 05 21646f6e65 00 00"))
        #expect(decoder.result == .success([["!done"]]))
    }

    // MARK: Limits

    @Test func `a word at the limit is read and one beyond it refused, before its bytes have come`() {
        let limits = SentenceDecoder.Limits(wordBytes: 5)
        var fits = Incremental(limits: limits)
        fits.feed(ByteBuffer(hex: "05 21646f6e65 00"))
        #expect(fits.result == .success([["!done"]]))

        var tooLong = Incremental(limits: limits)
        tooLong.feed(ByteBuffer(hex: "06"))
        #expect(tooLong.result == .failure(.wordTooLong(length: 6, limit: 5)))
    }

    @Test func `a word of four gigabytes is refused by its length`() {
        var decoder = Incremental()
        decoder.feed(ByteBuffer(hex: "f0ffffffff"))
        #expect(decoder.result == .failure(.wordTooLong(length: 4_294_967_295, limit: 65_536)))
    }

    @Test func `more words than allowed are refused`() {
        let limits = SentenceDecoder.Limits(words: 2)
        var fits = Incremental(limits: limits)
        fits.feed(ByteBuffer(hex: "0161 0161 00 0161 0161 00"))
        #expect(fits.result == .success([["a", "a"], ["a", "a"]]))

        var tooMany = Incremental(limits: limits)
        tooMany.feed(ByteBuffer(hex: "0161 0161 0161"))
        #expect(tooMany.result == .failure(.tooManyWords(limit: 2)))
    }

    @Test func `more bytes in one sentence than allowed are refused`() {
        let limits = SentenceDecoder.Limits(sentenceBytes: 4)
        var fits = Incremental(limits: limits)
        fits.feed(ByteBuffer(hex: "026161 026161 00 026161 00"))
        #expect(fits.result == .success([["aa", "aa"], ["aa"]]))

        var tooMany = Incremental(limits: limits)
        tooMany.feed(ByteBuffer(hex: "026161 03616161"))
        #expect(tooMany.result == .failure(.sentenceTooLong(limit: 4)))
    }

    @Test func `a control byte is refused, after the sentences before it`() {
        var decoder = Incremental()
        decoder.feed(ByteBuffer(hex: "0161 00 ff"))
        #expect(decoder.result == .failure(.reservedLength(firstByte: 0xFF)))
        #expect(decoder.sentences == [["a"]])
    }

    private func encoded(_ sentences: [Sentence]) -> ByteBuffer {
        var buffer = ByteBuffer()
        for sentence in sentences { SentenceEncoder().encode(data: sentence, out: &buffer) }
        return buffer
    }
}
