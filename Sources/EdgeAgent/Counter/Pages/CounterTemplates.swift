import FoundationEssentials
import Mustache

/// The files of the counter's pages, read and compiled once.
struct CounterTemplates: Sendable {
    /// The style sheet, which every page carries inline.
    let style: String
    /// The one script: the button that prints.
    let script: String
    private let library: MustacheLibrary

    /// - Parameter directory: The folder `portal-html/mostrador`.
    /// - Throws: `PortalError` naming the first file that is missing or wrong.
    init(directory: String) throws(PortalError) {
        let folder = URL(filePath: directory, directoryHint: .isDirectory)
        style = try PortalTemplates.text(of: "style.css", in: folder)
        script = try PortalTemplates.text(of: "imprimir.js", in: folder)
        // The engine looks content types up by name while it compiles.
        MustacheContentTypes.register(PortalEscaping(), named: PortalEscaping.name)
        var library = MustacheLibrary()
        for template in CounterTemplate.allCases {
            let file = template.rawValue + ".mustache"
            let text = try PortalTemplates.text(of: file, in: folder)
            do {
                try library.register(text, named: template.rawValue)
            } catch {
                throw .malformed(file: file, reason: "\(error)")
            }
        }
        self.library = library
    }

    func render(_ template: CounterTemplate, _ view: some Sendable) -> String {
        // All of them were compiled above, so there is one.
        library.render(view, withTemplate: template.rawValue) ?? ""
    }
}
