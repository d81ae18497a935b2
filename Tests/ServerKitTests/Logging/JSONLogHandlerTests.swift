import Logging
import Shared
import TestSupport
import Testing

@testable import ServerKit

struct JSONLogHandlerTests {
    @Test func aRecordIsOneLine() {
        let log = LogCapture()
        var logger = log.logger
        logger[metadataKey: "site"] = "centro"
        logger.warning("Router away", metadata: ["attempt": "\(3)"])
        #expect(
            log.text() == #"{"time":"2001-09-09T01:46:40.000Z","level":"warning","logger":"test","#
                + #""message":"Router away","attempt":"3","site":"centro"}"# + "\n"
        )
    }

    @Test func theJournalIsToldThePriority() {
        let log = LogCapture(hasPriority: true)
        var logger = log.logger
        logger.logLevel = .trace
        for level in Logger.Level.allCases { logger.log(level: level, "x") }
        let prefixes = log.text().split(separator: "\n").map { $0.prefix(4) }
        #expect(prefixes == ["<7>{", "<7>{", "<6>{", "<5>{", "<4>{", "<3>{", "<2>{"])
        #expect(JSONLogHandler.isJournal(["JOURNAL_STREAM": "8:1234"]))
        #expect(!JSONLogHandler.isJournal([:]))
    }

    @Test func hostileTextCannotLeaveItsPlace() throws {
        let log = LogCapture()
        let hostile = "a\"},{\"level\":\"critical\"\r\n\u{1b}[31m\u{85}\u{2028}\u{202e}\u{0}\\"
        log.logger.info("\(hostile)", metadata: ["\u{1b}\"\r\n": "\(hostile)"])
        let text = log.text()
        #expect(text.filter(\.isNewline).count == 1)
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0.value < 0x7f) })

        log.logger.info("\(hostile)", metadata: ["k": "\(hostile)"])
        let record = try #require(try log.records().first)
        #expect(record["message"] == hostile)
        #expect(record["k"] == hostile)
        #expect(record["level"] == "info")
    }

    @Test func metadataCannotTakeTheNamesOfOurs() throws {
        let log = LogCapture()
        log.logger.info("real", metadata: ["message": "false", "level": "critical", "time": "never", "error": "kept"])
        let record = try #require(try log.records().first)
        #expect(record["message"] == "real")
        #expect(record["level"] == "info")
        #expect(record["metadata.message"] == "false")
        #expect(record["error"] == "kept")
    }

    @Test func nestedMetadataIsFlattened() throws {
        let log = LogCapture()
        log.logger.info("x", metadata: ["a": ["b": ["c": "1"]], "list": ["x", ["y": "z"]]])
        let record = try #require(try log.records().first)
        #expect(record["a.b.c"] == "1")
        #expect(record["list.0"] == "x")
        #expect(record["list.1.y"] == "z")
    }

    @Test func lengthIsBounded() throws {
        let log = LogCapture()
        let long = String(repeating: "ñ", count: 100_000)
        log.logger.info("\(long)", metadata: ["one": "\(long)"])
        let record = try #require(try log.records().first)
        #expect(record["message"]?.utf8.count == 4_096 + 3)
        #expect(record["one"]?.utf8.count == 2_048 + 3)
        #expect(record["one"]?.hasSuffix("ñ…") == true)

        let many = Dictionary(uniqueKeysWithValues: (0..<1_000).map { ("key\($0)", Logger.MetadataValue.string(long)) })
        log.logger.info("x", metadata: many)
        let text = log.text()
        #expect(text.utf8.count < 17_000)
        #expect(text.hasSuffix("\"truncated\":\"true\"}\n"))
    }

    @Test func secretsAreStars() throws {
        let log = LogCapture()
        log.logger.info("x", metadata: ["key": "\(Secret("jwt_secreto"))"])
        #expect(try log.records().first?["key"] == "***")
    }

    @Test(arguments: UInt64(0)..<100)
    func anyTextComesBack(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let scalars = (0..<200).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0...(seed % 2 == 0 ? 0x300 : 0x1_0FFFF), using: &random))
        }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        let log = LogCapture()
        log.logger.info("x", metadata: ["text": .string(text)])
        let record = try #require(try log.records().first)
        #expect(record["text"]?.unicodeScalars.elementsEqual(scalars) == true, "seed \(seed)")
    }
}
