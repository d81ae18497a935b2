import FoundationEssentials
import Mustache

/// The files of the portal, read and compiled once.
struct PortalTemplates: Sendable {
    /// The style sheet, which every page carries inline.
    let style: String
    /// The script of the card page.
    let script: String
    /// The script of the page for a code.
    let codeScript: String
    private let library: MustacheLibrary

    /// - Parameter directory: Where `layout.mustache`, `style.css` and the others are.
    /// - Throws: `PortalError` naming the first file that is missing or wrong.
    init(directory: String) throws(PortalError) {
        let folder = URL(filePath: directory, directoryHint: .isDirectory)
        style = try Self.text(of: "style.css", in: folder)
        script = try Self.text(of: "pay.js", in: folder)
        codeScript = try Self.text(of: "code.js", in: folder)
        // The engine looks content types up by name while it compiles.
        MustacheContentTypes.register(PortalEscaping(), named: PortalEscaping.name)
        var library = MustacheLibrary()
        for template in PortalTemplate.allCases {
            let file = template.rawValue + ".mustache"
            let text = try Self.text(of: file, in: folder)
            do {
                try library.register(text, named: template.rawValue)
            } catch {
                throw .malformed(file: file, reason: "\(error)")
            }
        }
        self.library = library
    }

    func render(_ template: PortalTemplate, _ view: some Sendable) -> String {
        // All of them were compiled above, so there is one.
        library.render(view, withTemplate: template.rawValue) ?? ""
    }

    /// The text of a file of pages.
    static func text(of file: String, in folder: URL) throws(PortalError) -> String {
        guard let data = try? Data(contentsOf: folder.appending(path: file)),
            let text = String(validating: data, as: UTF8.self)
        else { throw .unreadable(file: folder.appending(path: file).path(percentEncoded: false)) }
        return text
    }
}
