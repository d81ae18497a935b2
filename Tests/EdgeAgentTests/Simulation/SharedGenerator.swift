import Shared
import Synchronization
import TestSupport

/// A seeded generator that closures of several tasks can draw codes from.
final class SharedGenerator: Sendable {
    private let generator: Mutex<SplitMix64>

    init(_ generator: SplitMix64) {
        self.generator = Mutex(generator)
    }

    func draw() -> FichaCode {
        generator.withLock { FichaCode(using: &$0) }
    }
}
