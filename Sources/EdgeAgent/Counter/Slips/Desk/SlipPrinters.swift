import Shared
import Synchronization

/// The printers that were asked for something, one for each address: so each gets one slip at a time.
final class SlipPrinters: Sendable {
    private let clock: any Clock<Duration>
    private let printers = Mutex<[PrinterAddress: SlipPrinter]>([:])

    init(clock: any Clock<Duration> = ContinuousClock()) {
        self.clock = clock
    }

    func printer(at address: PrinterAddress) -> SlipPrinter {
        printers.withLock { printers in
            if let printer = printers[address] { return printer }
            let printer = SlipPrinter(address, clock: clock)
            printers[address] = printer
            return printer
        }
    }
}
