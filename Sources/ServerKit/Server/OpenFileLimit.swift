import Glibc

/// How many files and connections this process may have open at once.
public enum OpenFileLimit {
    /// Raises the limit as far as the system lets us: what is usual at start, 1,024, is meant for programs that `select`.
    ///
    /// - Returns: The limit from now on; what it was where it cannot be raised.
    @discardableResult
    public static func raise() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        let before = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        let isRaised = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        return Int(clamping: isRaised ? limit.rlim_max : before)
    }
}
