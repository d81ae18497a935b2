public import Foundation
import Glibc

/// One of our programs as a process of its own, with its output read line by line.
///
/// Nothing here waits blindly: whoever needs the program ready waits for the line that says so, and whoever stops it
/// waits for its end. A program a test forgets is killed when the test lets go of it.
public final class RunningProgram: Sendable {
    /// Why a program is not what a test needs it to be; the description holds what it wrote last.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private let name: String
    private let process: Process
    private let output: ProgramOutput

    /// Starts a program.
    ///
    /// - Parameter environment: All the program gets beside `PATH`, `HOME` and `TMPDIR`.
    /// - Throws: Foundation's error when there is no such program.
    public init(_ executable: URL, _ arguments: [String] = [], environment: [String: String] = [:]) throws {
        let inherited = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME", "TMPDIR"].contains($0.key) }
        let output = ProgramOutput(streams: 2)
        let (standardOutput, standardError) = (Pipe(), Pipe())
        name = executable.lastPathComponent
        self.output = output
        process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = inherited.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = standardOutput
        process.standardError = standardError
        process.terminationHandler = { output.end(status: $0.terminationStatus) }
        try Self.run(process)
        for (stream, pipe) in [standardOutput, standardError].enumerated() {
            Self.read(pipe, into: output, stream: stream)
        }
    }

    deinit {
        killGroup()
    }

    /// The system's number of the process.
    public var processIdentifier: Int32 { process.processIdentifier }

    /// All it wrote so far, both streams together, by line.
    public var lines: [String] { output.lines }

    /// Suspends until the program writes a line with `text` in it, or has done so already.
    ///
    /// - Throws: `Failure` when the program ends first or the time is over.
    @discardableResult
    public func line(containing text: String, within limit: Duration = .seconds(30)) async throws -> String {
        guard let line = await line(within: limit, where: { $0.contains(text) }) else {
            throw failure("did not write \"\(text)\"")
        }
        return line
    }

    /// Suspends until the program writes a line that `matches`, or has done so already; nil when it ends first or the time
    /// is over.
    ///
    /// - Parameter count: So many lines from the beginning are not looked at.
    public func line(
        afterFirst count: Int = 0,
        within limit: Duration,
        where matches: @escaping @Sendable (String) -> Bool
    ) async -> String? {
        let output = output
        return await Self.first(within: limit) { await output.line(afterFirst: count, matching: matches) } ?? nil
    }

    /// Tells the program to end (SIGTERM) and waits until it has; one that does not is killed.
    ///
    /// - Returns: Its exit status; 0 is a clean end.
    /// - Throws: `Failure` when it had to be killed.
    @discardableResult
    public func stop(within limit: Duration = .seconds(20)) async throws -> Int32 {
        let output = output
        if process.isRunning { kill(process.processIdentifier, SIGTERM) }
        if let status = await Self.first(within: limit, { await output.exitStatus }) ?? nil { return status }
        await killNow()
        throw failure("did not end when it was told to")
    }

    /// Waits until the program ends by itself, and until all it wrote has been read.
    ///
    /// - Throws: `Failure` when the time is over first.
    public func exitStatus(within limit: Duration = .seconds(60)) async throws -> Int32 {
        let output = output
        let end = await Self.first(within: limit) {
            let status = await output.exitStatus
            // No line is the one: this waits for the end of both streams.
            _ = await output.line { _ in false }
            return status
        }
        guard let status = end ?? nil else { throw failure("did not end") }
        return status
    }

    /// Ends the program as a power cut would (SIGKILL), with the programs it started, and waits until it is gone.
    public func killNow() async {
        killGroup()
        _ = await output.exitStatus
    }

    /// Reads a stream to its end on a thread of its own, which owns the pipe.
    ///
    /// Not by `readabilityHandler`: a pipe that is closed while the system's event loop still has it brings the whole test
    /// process down.
    private static func read(_ pipe: Pipe, into output: ProgramOutput, stream: Int) {
        Thread.detachNewThread {
            let descriptor = pipe.fileHandleForReading.fileDescriptor
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = Glibc.read(descriptor, &buffer, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                output.append(Array(buffer[..<count]), stream: stream)
            }
            output.close(stream: stream)
            withExtendedLifetime(pipe) {}
        }
    }

    /// Foundation makes each process the leader of a group of its own.
    private func killGroup() {
        if process.isRunning { kill(-process.processIdentifier, SIGKILL) }
    }

    /// Starts a process with no signal blocked. The threads tests run on block most of them, a child inherits that, and a
    /// program that leaves SIGTERM to the system would then never hear of it.
    private static func run(_ process: Process) throws {
        var (none, before) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try process.run()
    }

    private func failure(_ what: String) -> Failure {
        Failure(description: "\(name) \(what); it wrote:\n" + lines.suffix(40).joined(separator: "\n"))
    }

    /// What `body` gives, or nil when the time is over first.
    private static func first<Value: Sendable>(
        within limit: Duration,
        _ body: @escaping @Sendable () async -> Value
    ) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { await body() }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}

extension RunningProgram {
    /// A program of this package, as it was built together with the tests that run.
    public static func built(_ name: String) -> URL {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(filePath: bundle).deletingLastPathComponent().appending(path: name)
    }

    /// The folder of the package that is tested.
    public static var package: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }
}
