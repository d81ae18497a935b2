/// A RouterOS version, and what it changes in the API's behaviour.
public struct RouterOSVersion: Hashable, Sendable {
    public let major: Int
    public let minor: Int
    public let patch: Int

    /// `RouterOSVersion(6, 49, 17)` is 6.49.17.
    public init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Reads `7.20`, `6.49.17`; nil for anything that is not two or three numbers.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard (2...3).contains(parts.count), let major = parts[0], let minor = parts[1] else { return nil }
        guard let patch = parts.count == 3 ? parts[2] : 0 else { return nil }
        self.init(major, minor, patch)
    }

    /// How the API login works: in clear since 6.45.1, by MD5 challenge before 6.43, either way in between
    /// (reference `routeros.md` §1.6).
    var loginMethod: LoginMethod {
        if self < RouterOSVersion(6, 43) { return .challenge }
        return self < RouterOSVersion(6, 45, 1) ? .either : .plain
    }

    /// `!empty` before `!done` when a print has no rows (§1.3).
    var sendsEmpty: Bool { self >= RouterOSVersion(7, 18) }
    /// `=category=` on traps about arguments and missing items (§1.3).
    var trapsCarryCategory: Bool { major >= 7 }
    var hasDeviceMode: Bool { major >= 7 }
    /// `2026-09-26` instead of `sep/26/2026` (§2.11).
    var writesISODates: Bool { self >= RouterOSVersion(7, 10) }
    /// `active/set` and its like were taken away in 7.21 (§2.5).
    var activeCanBeSet: Bool { self >= RouterOSVersion(7, 0) && self < RouterOSVersion(7, 21) }
}

extension RouterOSVersion: Comparable {
    public static func < (left: RouterOSVersion, right: RouterOSVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
}

extension RouterOSVersion: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        guard let version = RouterOSVersion(text) else { preconditionFailure("not a RouterOS version: \(text)") }
        self = version
    }
}

extension RouterOSVersion: CustomStringConvertible {
    public var description: String { patch == 0 ? "\(major).\(minor)" : "\(major).\(minor).\(patch)" }
}
