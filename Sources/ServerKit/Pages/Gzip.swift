import CZlib

/// Compression of pages that are made once and sent often.
public enum Gzip {
    /// zlib refused; only lack of memory can make it.
    public struct CompressionError: Error, Hashable, Sendable {
        /// zlib's return code.
        public let code: Int32
    }

    /// `bytes` in the gzip format, at level 9, the same for the same input every time (no name, no time).
    public static func compress(_ bytes: [UInt8]) throws(CompressionError) -> [UInt8] {
        // On the heap, as zlib remembers the address of its stream and refuses one that has moved.
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        // What the macro `deflateInit2` does; 15 bits of window, and 16 for a gzip header.
        let size = Int32(MemoryLayout<z_stream>.size)
        let started = deflateInit2_(stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
        guard started == Z_OK else { throw CompressionError(code: started) }
        defer { deflateEnd(stream) }

        let bound = Int(deflateBound(stream, UInt(bytes.count)))
        var input = bytes
        var code = Z_OK
        let output = [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            input.withUnsafeMutableBufferPointer { input in
                stream.pointee.next_in = input.baseAddress
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(bound)
                code = deflate(stream, Z_FINISH)
            }
            count = bound - Int(stream.pointee.avail_out)
        }
        guard code == Z_STREAM_END else { throw CompressionError(code: code) }
        return output
    }
}
