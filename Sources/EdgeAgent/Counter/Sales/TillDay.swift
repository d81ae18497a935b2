import Shared

/// What a till took since midnight, without what was given back.
struct TillDay: Sendable, Equatable {
    var count: Int64 = 0
    var cents: Int64 = 0
}
