import Foundation
import TestSupport

/// A PDF, measured with poppler's tools. Lengths are in millimetres.
struct PrintedDocument: Sendable {
    /// A tool failed, or wrote something else than it should.
    struct Failure: Error {
        let description: String
    }

    struct Word: Sendable {
        let text: String
        let left: Double
        let top: Double
        let right: Double
        let bottom: Double
    }

    struct Page: Sendable {
        let width: Double
        let height: Double
        let words: [Word]
    }

    let pages: [Page]
    private let folder: TemporaryDirectory
    private let name: String

    /// - Parameter name: Of the pictures in the folder `FICHAS_SCREENSHOTS` names, if it names one.
    init(_ document: Data, name: String) async throws {
        self.name = name
        folder = try TemporaryDirectory()
        try document.write(to: folder.url.appending(path: "document.pdf"))
        try await Self.run("pdftotext", ["-bbox", folder.path("document.pdf"), folder.path("words.xml")])
        let text = try String(contentsOf: folder.url.appending(path: "words.xml"), encoding: .utf8)
        pages = try text.split(separator: "<page ").dropFirst().map { page in
            Page(
                width: try Self.length("width", in: page),
                height: try Self.length("height", in: page),
                words: try page.split(separator: "<word ").dropFirst().map { word in
                    Word(
                        text: String(word.firstMatch(of: />(.*?)<\/word>/)?.output.1 ?? ""),
                        left: try Self.length("xMin", in: word),
                        top: try Self.length("yMin", in: word),
                        right: try Self.length("xMax", in: word),
                        bottom: try Self.length("yMax", in: word)
                    )
                }
            )
        }
    }

    /// A part of a page, from its upper left corner.
    struct Area: Sendable {
        let left: Double
        let top: Double
        let width: Double
        let height: Double

        func contains(_ x: Double, _ y: Double) -> Bool {
            (left..<(left + width)).contains(x) && (top..<(top + height)).contains(y)
        }
    }

    /// What a telephone reads on a page, or on a part of it, printed with so many dots per inch.
    func codes(onPage number: Int, in area: Area? = nil, dotsPerInch: Int) async throws -> [String] {
        let file = try await picture(ofPage: number, area, dotsPerInch: dotsPerInch, name: "part")
        return try await QRReader.read(file)
    }

    /// Writes a page into the folder `FICHAS_SCREENSHOTS` names, if it names one.
    func savePicture(ofPage number: Int, dotsPerInch: Int) async throws {
        guard let shown = ProcessInfo.processInfo.environment["FICHAS_SCREENSHOTS"] else { return }
        let file = try await picture(ofPage: number, nil, dotsPerInch: dotsPerInch, name: "page")
        try FileManager.default.createDirectory(at: URL(filePath: shown), withIntermediateDirectories: true)
        try Data(contentsOf: file).write(to: URL(filePath: shown).appending(path: "\(name)-\(number).png"))
    }

    private func picture(ofPage number: Int, _ area: Area?, dotsPerInch: Int, name: String) async throws -> URL {
        var options = ["-png", "-r", "\(dotsPerInch)", "-f", "\(number)", "-l", "\(number)", "-singlefile"]
        if let area {
            for (option, length) in [
                ("-x", area.left), ("-y", area.top), ("-W", area.width), ("-H", area.height),
            ] {
                options += [option, "\(Int((length / 25.4 * Double(dotsPerInch)).rounded()))"]
            }
        }
        try await Self.run("pdftoppm", options + [folder.path("document.pdf"), folder.path(name)])
        return folder.url.appending(path: name + ".png")
    }

    /// Points of the document, as millimetres.
    private static func length(_ name: String, in text: Substring) throws -> Double {
        let pattern = try Regex("\(name)=\"([\\d.-]+)\"", as: (Substring, Substring).self)
        guard let points = text.firstMatch(of: pattern).flatMap({ Double($0.output.1) }) else {
            throw Failure(description: "no \(name) in \(text.prefix(200))")
        }
        return points / 72 * 25.4
    }

    private static func run(_ tool: String, _ arguments: [String]) async throws {
        let program = try RunningProgram(URL(filePath: "/usr/bin/" + tool), arguments)
        let status = try await program.exitStatus()
        guard status == 0 else { throw Failure(description: "\(tool): \(program.lines)") }
    }
}
