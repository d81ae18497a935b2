import Foundation
import Synchronization
import Testing

@testable import CentralSync

@Suite struct ChunkPipeTests {
    struct Stop: Error {}

    @Test func `all that is written is read, in order, and never more than a few wait`() async throws {
        let pipe = ChunkPipe(capacity: 2)
        let written = Atomic(0)
        Thread.detachNewThread {
            for number in 0..<100 {
                try? pipe.write([UInt8(number)])
                written.add(1, ordering: .sequentiallyConsistent)
            }
            pipe.end(.success(()))
        }
        var (read, ahead): ([UInt8], Int) = ([], 0)
        while let chunk = try await pipe.next() {
            read += chunk
            ahead = max(ahead, written.load(ordering: .sequentiallyConsistent) - read.count)
        }
        #expect(read == (0..<100).map { UInt8($0) })
        #expect(ahead <= 2)
    }

    @Test func `who writes is let go when nobody reads any more`() async throws {
        let pipe = ChunkPipe(capacity: 1)
        let result = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var count = 0
                do throws(ChunkPipe.Closed) {
                    while true {
                        try pipe.write([1])
                        count += 1
                        if count == 1 { Thread.detachNewThread { pipe.close() } }
                    }
                } catch {
                    continuation.resume(returning: count)
                }
            }
        }
        #expect(result >= 1)
    }

    @Test func `who reads is told why there is no more`() async throws {
        let pipe = ChunkPipe()
        try pipe.write([1])
        pipe.end(.failure(Stop()))
        #expect(try await pipe.next() == [1])
        await #expect(throws: Stop.self) { try await pipe.next() }
    }
}
