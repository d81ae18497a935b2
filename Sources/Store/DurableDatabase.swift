import Dispatch
public import GRDB
import Shared
import Synchronization

/// A SQLite file in which what was acknowledged survives a power cut.
///
/// - `synchronous=FULL` in WAL mode, set after GRDB has opened the pool, because opening lowers it to `NORMAL`
///   (reference `reliability.md` §0.1), and read back; a database that cannot be made durable is not opened.
/// - One process: a second one that opens the file is refused.
/// - One writer connection, which alone checkpoints; readers only read (the WAL-reset defect of Debian's SQLite 3.40
///   needs two writers, §0.5).
/// - ``commit(_:)`` is not cancellable and returns when the rows are on the disk. Commits that meet share one fsync.
public final class DurableDatabase: Sendable {
    /// Commits that share one transaction at most; bounds how long the first of them waits.
    private static let maximumGroup = 128

    private struct PendingCommit: Sendable {
        /// Runs inside the group's transaction, in a savepoint of its own unless it is alone there.
        let run: @Sendable (Database, _ isAlone: Bool) -> Attempt
        /// Answers that it is not on the disk.
        let refuse: @Sendable (any Error) -> Void
    }

    /// How a commit went inside its group's transaction.
    private struct Attempt {
        /// Answers, once the transaction is on the disk or undone.
        let acknowledge: @Sendable () -> Void
        let error: (any Error)?
    }

    private struct Queue {
        var waiting: [PendingCommit] = []
        var isDraining = false
        var refusal: DurabilityError?
        var failureWatchers: [CheckedContinuation<Void, Never>] = []
    }

    private let lock: Mutex<DatabaseLock?>
    private let closing = Atomic<Bool>(false)
    private let pool: DatabasePool
    private let writer = DispatchQueue(label: "fichas.database.writer")
    private let queue = Mutex(Queue())

    /// Opens or creates the file, checks it, and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - cacheKiB: Pages that the writer keeps, and the readers a fourth of it. A sale touches a few dozen, and SQLite's own
    ///     2 MiB would be kept; a transaction that touches more than fit writes some of them again and again.
    ///   - maximumCheckedMiB: A larger file is not read through first: what is damaged in it is found by whoever needs it,
    ///     and by the next copy. Nil, for who takes money by what is in it, checks every file.
    /// - Throws: `DurabilityError`, or GRDB's `DatabaseError` when the file cannot be used at all.
    public init(path: String, migrations: [Migration], cacheKiB: Int = 512, maximumCheckedMiB: Int? = nil) throws {
        lock = Mutex(try DatabaseLock(path: path))
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 2
        configuration.label = "box"
        // What those that only read miss, the system has, for the price of a copy.
        let readerCacheKiB = max(512, cacheKiB / 4)
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -\(readerCacheKiB)") }
        pool = try DatabasePool(path: path, configuration: configuration)
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -\(cacheKiB)")
            // As many as the cache holds: a page that several large transactions wrote is moved into the file once.
            let checkpointPages = max(1_000, cacheKiB / 4)
            try db.execute(sql: "PRAGMA wal_autocheckpoint = \(checkpointPages)")
            // A file that outgrew this was checkpointed late; it is cut back at the next checkpoint.
            try db.execute(sql: "PRAGMA journal_size_limit = \(checkpointPages * 8_192)")
            let size = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
            let bytes = try Int.fetchOne(db, sql: size) ?? 0
            if let maximumCheckedMiB, bytes > maximumCheckedMiB * 1_048_576 { return }
            let finding = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no answer"
            guard finding == "ok" else { throw DurabilityError.damaged(finding) }
        }
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.id, migrate: migration.apply)
        }
        try migrator.migrate(pool)
        // After the first writes: SQLite may only then find out that it cannot have a WAL (§2.2).
        try pool.writeWithoutTransaction(Self.assertDurable)
    }

    /// Runs `body` in a transaction and returns when it is on the disk.
    ///
    /// Never cancelled: a task that is cancelled while it waits still gets its answer. Bodies that wait at the same time
    /// run one after the other, each in a savepoint of its own, and share one fsync; one that throws undoes only itself.
    /// One that is alone has the transaction for itself: for a savepoint SQLite writes every page aside before it changes it.
    ///
    /// - Throws: What `body` throws; `DurabilityError.failed` or GRDB's error when the disk refused the commit.
    public func commit<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            enqueue(
                PendingCommit { db, isAlone in
                    let result = Result { isAlone ? try body(db) : try Self.inSavepoint(db, body) }
                    var error: (any Error)?
                    if case .failure(let failure) = result { error = failure }
                    return Attempt(acknowledge: { continuation.resume(with: result) }, error: error)
                } refuse: { error in
                    continuation.resume(throwing: error)
                }
            )
        }
    }

    /// Reads a consistent state of the database. Sees every commit that was acknowledged before the call.
    public func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await pool.read(body)
    }

    /// Calls `onChange` after each commit that changed what a query reads, until the result is cancelled or released.
    ///
    /// - Parameter query: Of tables with row ids: SQLite tells of no changes to others.
    public func watch(_ query: String, _ onChange: @escaping @Sendable () -> Void) -> AnyDatabaseCancellable {
        // It fails only when the database cannot be observed at all, and then every commit fails as well.
        DatabaseRegionObservation(tracking: SQLRequest<Row>(sql: query))
            .start(in: pool, onError: { _ in }, onChange: { _ in onChange() })
    }

    /// Suspends until a commit has failed on the disk, or the task is cancelled: the program then has to end.
    public func waitForFailure() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = queue.withLock { queue in
                    if queue.refusal != nil || Task.isCancelled { return true }
                    queue.failureWatchers.append(continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            wakeFailureWatchers()
        }
    }

    /// Waits for the commits under way, moves the WAL into the file and closes it. Closed twice is closed once.
    public func close() throws {
        let isFirst = closing.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged
        guard isFirst else { return }
        queue.withLock { $0.refusal = $0.refusal ?? .closed }
        try writer.sync {
            // Closing the pool leaves the WAL behind, because its readers close after the writer: a file that is copied
            // alone would then be empty.
            _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try pool.close()
        }
        lock.withLock { $0 = nil }
        wakeFailureWatchers()
    }

    /// How many times the disk was made to hold the data: one per group of commits. For tests and `/metrics`.
    public var groupCommitCount: Int { groupCommits.load(ordering: .relaxed) }
    private let groupCommits = Atomic<Int>(0)

    /// Why the disk did not take the last commit; nil when it did, or when there was none yet. For health.
    public var lastCommitFailure: String? { commitFailure.withLock { $0 } }
    private let commitFailure = Mutex<String?>(nil)

    // MARK: Private

    private static func assertDurable(_ db: Database) throws {
        let journalMode = try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? ""
        let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1
        guard journalMode == "wal", synchronous == 2 else {
            throw DurabilityError.notDurable(journalMode: journalMode, synchronous: synchronous)
        }
    }

    private static func inSavepoint<Value>(_ db: Database, _ body: (Database) throws -> Value) throws -> Value {
        var value: Value?
        try db.inSavepoint {
            value = try body(db)
            return .commit
        }
        guard let value else { throw DurabilityError.failed }
        return value
    }

    private func enqueue(_ commit: PendingCommit) {
        let mustDrain = queue.withLock { queue in
            queue.waiting.append(commit)
            defer { queue.isDraining = true }
            return !queue.isDraining
        }
        if mustDrain { writer.async { self.drain() } }
    }

    /// On the writer's queue: one transaction per turn, until nobody waits.
    private func drain() {
        while true {
            let (group, refusal) = queue.withLock { queue -> ([PendingCommit], DurabilityError?) in
                let group = Array(queue.waiting.prefix(Self.maximumGroup))
                queue.waiting.removeFirst(group.count)
                if group.isEmpty { queue.isDraining = false }
                return (group, queue.refusal)
            }
            if group.isEmpty { return }
            if let refusal {
                for commit in group { commit.refuse(refusal) }
            } else {
                write(group)
            }
        }
    }

    private func write(_ group: [PendingCommit]) {
        var attempts: [Attempt] = []
        var isUndone = false
        do {
            try pool.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    for commit in group {
                        attempts.append(commit.run(db, group.count == 1))
                        // A full disk can make SQLite undo the whole transaction, and with it what ran before.
                        guard db.isInsideTransaction else { throw DatabaseError(resultCode: .SQLITE_FULL) }
                    }
                    isUndone = group.count == 1 && attempts[0].error != nil
                    return isUndone ? .rollback : .commit
                }
            }
        } catch {
            commitFailure.withLock { $0 = "\(error)" }
            if Self.isDiskFailure(error) { fail() }
            for commit in group { commit.refuse(error) }
            return
        }
        let failure = attempts.compactMap { Self.refusalOfTheDisk($0.error) }.last
        commitFailure.withLock { $0 = failure.map { "\($0)" } }
        if !isUndone { groupCommits.add(1, ordering: .relaxed) }
        for attempt in attempts { attempt.acknowledge() }
    }

    /// A full disk refuses cleanly and may be freed; any other error of the disk leaves it open what was written.
    private static func isDiskFailure(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError else { return false }
        return error.resultCode == .SQLITE_IOERR || error.resultCode == .SQLITE_CORRUPT
    }

    /// The disk's own no to a statement, which undoes one commit of a group and leaves the others.
    private static func refusalOfTheDisk(_ error: (any Error)?) -> (any Error)? {
        guard let error = error as? DatabaseError else { return nil }
        // Linux mounts a file system with errors read-only.
        let refusals: [ResultCode] = [.SQLITE_FULL, .SQLITE_READONLY, .SQLITE_CANTOPEN]
        return refusals.contains(error.resultCode) || isDiskFailure(error) ? error : nil
    }

    private func fail() {
        queue.withLock { $0.refusal = .failed }
        wakeFailureWatchers()
    }

    private func wakeFailureWatchers() {
        let watchers = queue.withLock { queue in
            defer { queue.failureWatchers = [] }
            return queue.failureWatchers
        }
        for watcher in watchers { watcher.resume() }
    }
}
