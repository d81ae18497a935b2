import Foundation
import Shared
import TestSupport
import Testing

@testable import EdgeAgent

@Suite struct SlipPagesTests {
    private static func pages() throws -> SlipPages {
        let folder = RunningProgram.package.appending(path: "portal-html/mostrador")
        return try SlipPages(directory: folder.path(percentEncoded: false))
    }

    @Test(arguments: RollPaper.allCases)
    func `a slip's page is small, carries its code, and needs no script but the button's`(paper: RollPaper) throws {
        let logo = Bitmap(width: 384, height: 160) { x, y in (x / 40 + y / 40).isMultiple(of: 2) }
        let slip = try Slip.forTests(issuer: .forTests(logo: logo), isReprint: true)
        let page = try Self.pages().slip(slip, navigation: .forTests(.roll(paper)))
        #expect(page.html.utf8.count < 20_000)
        #expect(page.html.contains("<p class=\"code\">438 271 9056</p>"))
        #expect(page.html.contains("<p class=\"heading\">REIMPRESIÓN</p>"))
        #expect(page.html.contains("@page{size:\(paper.widthMillimetres)mm "))
        #expect(page.html.contains("href=\"/mostrador/ventas/1\"") && page.html.contains("?papel=carta"))
        #expect(page.html.matches(of: /<script src="\/mostrador\/imprimir\.js" defer><\/script>/).count == 1)
        #expect(page.html.matches(of: /<script/).count == 1 && !page.html.contains("style=\""))
        #expect(page.policy.hasPrefix("default-src 'none'; style-src 'sha256-"))
        #expect(page.policy.contains("script-src 'self';"))
    }

    @Test func `names from outside stay text`() throws {
        let evil = "</style><script>alert(1)</script>\"'&"
        let slip = try Slip.forTests(
            issuer: .forTests(empresa: evil, lines: [evil], wifiName: evil),
            product: evil,
            origin: .sold(Slip.Sale(folio: 1, till: evil, cashier: evil, soldAt: Slip.saleTime))
        )
        let pages = try Self.pages()
        for html in [
            pages.slip(slip, navigation: .forTests(.roll(.mm58), url: evil)).html,
            pages.sheet([slip], paper: .carta, navigation: .forTests(.sheet(.carta), url: evil)).html,
        ] {
            #expect(html.matches(of: /<script/).count == 1)
            #expect(html.matches(of: /<\/style>/).count == 1)
        }
    }

    @Test(arguments: [(1, 1), (27, 1), (28, 2), (1_000, 38)])
    func `sheets hold 27 slips, and none is lost`(count: Int, sheets: Int) throws {
        let slips = try (1...count).map { number in
            try Slip.forTests(origin: .stock(Slip.Stock(batch: "L7", number: number, sellBy: nil)))
        }
        let html = try Self.pages().sheet(slips, paper: .carta, navigation: .forTests(.sheet(.carta))).html
        #expect(html.matches(of: /<section>/).count == sheets)
        #expect(html.matches(of: /<article class="cell">/).count == count)
        #expect(html.contains("Núm. \(count)<"))
        // The code is most of a slip.
        #expect(html.utf8.count < 8_000 + 3_500 * count)
    }

    @Test func `a slip without a way to the portal has no QR code and says how to type`() throws {
        let slip = try Slip.forTests(redeemURL: nil)
        let html = try Self.pages().sheet([slip], paper: .a4, navigation: .forTests(.sheet(.a4))).html
        #expect(!html.contains("<svg"))
        #expect(!html.contains("scanea"))
    }

    @Test func `a missing file is named`() throws {
        let folder = try TemporaryDirectory()
        #expect(throws: PortalError.unreadable(file: folder.path("slip-nav.mustache"))) {
            try SlipPages(directory: folder.path(""))
        }
    }
}

extension SlipNavigation {
    static func forTests(_ paper: SlipPaper, url: String = "/mostrador/ventas/1") -> SlipNavigation {
        SlipNavigation(paper: paper, of: SlipPaper.allCases, url: url, backURL: url, printsAtOnce: false)
    }
}
