import TestSupport
import Testing

/// How the pages sit on a small screen.
@Suite(.serialized, .timeLimit(.minutes(5))) struct LayoutTests {
    @Test func `at 360 pixels and at 200 percent nothing runs off the side, and every button is large enough`()
        async throws
    {
        try await RunningSite.run { site in
            let purchase = try await Browser.run { browser in
                let buyer = Buyer(browser: browser, site: site)
                try await buyer.choose("24 horas")
                try await buyer.pay(card: Buyer.Card.good)
                _ = try await buyer.code()
                return try await browser.address
            }
            let pages = [
                site.url("/"), site.url("/r/r1/ficha"), site.url("/r/r1/comprar/2"), purchase,
                purchase + "/conexion/device_not_found", site.url("/nada"),
            ]
            for width in [360, 180] {
                try await Browser.run(width: width) { browser in
                    for page in pages {
                        try await browser.open(page)
                        // More than the width when something is wider than the screen.
                        let widths = "[innerWidth, document.documentElement.scrollWidth]"
                        #expect(try await browser.evaluate(widths) as? [Int] == [width, width], "\(page)")
                        let lowest = try await browser.evaluate(Self.lowestControl) as? Int
                        // https://www.w3.org/WAI/WCAG22/Understanding/target-size-enhanced.html
                        #expect(try #require(lowest) >= 44, "\(page) at \(width)")
                    }
                    try await browser.open(purchase)
                    try await browser.saveScreenshot("14-ficha-a-\(width)")
                }
            }
        }
    }

    static let lowestControl = """
        Math.floor(Math.min(999, ...[...document.querySelectorAll('button, .button, .door, select, input:not([type=hidden])')]
          .map(e => e.getBoundingClientRect().height)))
        """

    @Test func `text stands out from what is behind it`() async throws {
        try await RunningSite.run { site in
            try await Browser.run { browser in
                for path in ["/", "/r/r1/ficha", "/r/r1/comprar/2", "/nada"] {
                    try await browser.open(site.url(path))
                    let lowest = try await browser.evaluate(Self.lowestContrast)
                    // https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum.html
                    #expect((lowest as? Double ?? 0) >= 4.5, "\(path)")
                }
            }
        }
    }

    /// The lowest contrast ratio of any visible text with the background behind it, by WCAG's formula.
    static let lowestContrast = """
        (() => {
          const parts = color => color.match(/[\\d.]+/g).map(Number);
          const light = color => {
            const [r, g, b] = parts(color).slice(0, 3).map(v => v / 255)
              .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const behind = element => {
            for (let e = element; e; e = e.parentElement) {
              const color = getComputedStyle(e).backgroundColor;
              if (parts(color)[3] !== 0) return color;
            }
            return 'rgb(255, 255, 255)';
          };
          const texts = [...document.body.querySelectorAll('*')].filter(e => e.offsetParent
            && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()));
          return Math.min(...texts.map(e => {
            const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
            return (a + 0.05) / (b + 0.05);
          }));
        })()
        """
}
