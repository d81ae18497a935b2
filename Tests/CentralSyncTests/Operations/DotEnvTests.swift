import Testing

@testable import CentralSync

@Suite struct DotEnvTests {
    @Test(
        arguments: [
            ("A=b", "b"), ("A = b ", "b"), ("export A=b", "b"), ("  A=b\r\n", "b"), ("\u{FEFF}A=b", "b"), ("A=", ""),
            ("A=a b # c", "a b"), ("A=a#b", "a#b"), ("A= # c", ""), ("A='it''s'", nil), ("A='a # b' # c", "a # b"),
            ("A='a\\n'", "a\\n"), ("A=\"a\\n\\t\\\"\\\\\\$\\x\"", "a\n\t\"\\$\\x"), ("A='1\n2'", "1\n2"),
            ("A=$B${C}", "$B${C}"), ("A=1\nA=2", "2"), ("# only\n\n#\nA=b", "b"), ("A=ñandú", "ñandú"),
            ("A=postgresql://u:p@h/d?sslmode=require", "postgresql://u:p@h/d?sslmode=require"),
        ] as [(String, String?)]
    ) func `a value is read as usual`(text: String, value: String?) throws {
        guard let value else {
            #expect(throws: DotEnv.Mistake.self) { try DotEnv(text) }
            return
        }
        #expect(try DotEnv(text).values == ["A": value])
    }

    @Test(arguments: [("A=1\nB", 2), ("=1", 1), ("1A=1", 1), ("A=1\n\nB='ñ\n", 3), ("A=\"ñ\" y", 1), ("A B=1", 1)])
    func `a mistake has its line`(text: String, line: Int) {
        let mistake = #expect(throws: DotEnv.Mistake.self) { try DotEnv(text) }
        #expect(mistake?.line == line)
        #expect(mistake?.reason.contains("ñ") != true)
    }
}
