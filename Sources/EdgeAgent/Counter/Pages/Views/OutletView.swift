import Shared

/// Where slips come out: one tap.
struct OutletView: Sendable {
    struct Choice: Sendable {
        let key: String
        let name: String
        let isChosen: Bool
    }

    let frame: CounterFrame
    let choices: [Choice]
    let action = CounterPath.outlet

    init(_ site: SiteSnapshot, chosen: SlipOutlet, frame: CounterFrame) {
        self.frame = frame
        choices = SlipOutlet.all(of: site).map { Choice(key: $0.key, name: $0.name, isChosen: $0 == chosen) }
    }
}
