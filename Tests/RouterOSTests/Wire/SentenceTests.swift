import Testing

@testable import RouterOS

struct SentenceTests {
    @Test func `a value holds whatever stands after the second equals sign`() {
        let sentence: Sentence = ["!re", "=comment=a=b=c", "=empty=", "=flag"]
        #expect(sentence.attribute("comment") == "a=b=c")
        #expect(sentence.attribute("empty") == Word(""))
        #expect(sentence.attribute("flag") == nil)
        #expect(sentence.attribute("missing") == nil)
        #expect(sentence.attributes.map(\.name) == ["comment", "empty", "flag"])
        #expect(sentence.attributes.map(\.value) == ["a=b=c", "", ""])
    }

    @Test func `a name is compared whole`() {
        let sentence: Sentence = ["!re", "=name-2=b", "=name=a"]
        #expect(sentence.attribute("name") == "a")
    }

    @Test(arguments: [["!re", ".tag=10", "=.id=*1"], ["!re", "=.id=*1", ".tag=10"]] as [Sentence])
    func `a tag is found wherever it stands`(sentence: Sentence) {
        #expect(sentence.apiAttribute("tag") == "10")
        #expect(sentence.attribute(".id") == "*1")
    }

    @Test func `the first word is no attribute`() {
        #expect(Sentence(["=name=a"]).attribute("name") == nil)
        #expect(Sentence([".tag=1"]).apiAttribute("tag") == nil)
    }
}
