import FoundationEssentials
import Mustache
import Shared

/// The pages slips are printed from, by the browser's own dialogue.
struct SlipPages: Sendable {
    private let library: MustacheLibrary
    private let rollStyle: String
    private let sheetStyle: String

    /// - Parameter directory: The folder `portal-html/mostrador`.
    /// - Throws: `PortalError` naming the first file that is missing or wrong.
    init(directory: String) throws(PortalError) {
        let folder = URL(filePath: directory, directoryHint: .isDirectory)
        // The engine looks content types up by name while it compiles.
        MustacheContentTypes.register(PortalEscaping(), named: PortalEscaping.name)
        var library = MustacheLibrary()
        for name in ["slip-nav", "slip", "slip-sheet"] {
            let text = try Self.text(of: name + ".mustache", in: folder)
            do {
                try library.register(text, named: name)
            } catch {
                throw .malformed(file: name + ".mustache", reason: "\(error)")
            }
        }
        self.library = library
        let navigationStyle = try Self.text(of: "slip-nav.css", in: folder)
        rollStyle = try Self.text(of: "slip.css", in: folder) + navigationStyle
        sheetStyle = try Self.text(of: "slip-sheet.css", in: folder) + navigationStyle
    }

    /// One slip, on whatever the browser prints on.
    func slip(_ slip: Slip, navigation: SlipNavigation) -> SlipPage {
        switch navigation.paper {
        case .roll(let paper): roll(slip, paper: paper, navigation: navigation)
        case .sheet(let paper): sheet([slip], paper: paper, navigation: navigation)
        }
    }

    /// Slips on sheets to be cut, 27 on each.
    func sheet(_ slips: [Slip], paper: SheetPaper, navigation: SlipNavigation) -> SlipPage {
        let view = SlipSheetView(slips, paper: paper, style: sheetStyle, navigation: navigation)
        return SlipPage(html: library.render(view, withTemplate: "slip-sheet") ?? "", style: view.style)
    }

    /// A slip on the roll of a receipt printer; the page is as long as the slip.
    private func roll(_ slip: Slip, paper: RollPaper, navigation: SlipNavigation) -> SlipPage {
        let view = SlipRollView(SlipLayout(slip, paper: paper), style: rollStyle, navigation: navigation)
        return SlipPage(html: library.render(view, withTemplate: "slip") ?? "", style: view.style)
    }

    private static func text(of file: String, in folder: URL) throws(PortalError) -> String {
        guard let data = try? Data(contentsOf: folder.appending(path: file)),
            let text = String(validating: data, as: UTF8.self)
        else { throw .unreadable(file: folder.appending(path: file).path(percentEncoded: false)) }
        return text
    }
}
