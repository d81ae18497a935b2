import Shared

/// Names something the counter made: a prefix that says what, and 26 characters (128 bits).
///
/// The page that makes it carries the name, so that whatever is posted from that page, how often ever, is one thing.
struct CounterID<Thing: CounterThing>: Hashable, Sendable {
    let text: String

    /// Nil unless the text has the shape of one.
    init?(_ text: String) {
        guard text.hasPrefix(Thing.prefix), PurchaseID("pur_" + text.dropFirst(Thing.prefix.count)) != nil else {
            return nil
        }
        self.text = text
    }

    init(using generator: inout some RandomNumberGenerator) {
        text = Thing.prefix + PurchaseID(using: &generator).text.dropFirst("pur_".count)
    }
}

extension CounterID: CustomStringConvertible {
    var description: String { text }
}

/// Something that has a ``CounterID``.
protocol CounterThing {
    /// Three letters and `_`.
    static var prefix: String { get }
}
