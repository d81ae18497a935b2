import Shared

extension Timestamp {
    /// Whole seconds since 1970, as Conekta writes times.
    var unixSeconds: Int64 {
        milliseconds >= 0 ? milliseconds / 1_000 : (milliseconds - 999) / 1_000
    }
}
