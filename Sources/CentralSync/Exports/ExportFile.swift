import Foundation

/// One file of an export as it is written.
final class ExportFile {
    private let handle: FileHandle
    private let name: String
    private var digest = RunningDigest()

    /// - Throws: When there is such a file already, or none can be made.
    init(_ name: String, in folder: URL) throws {
        self.name = name
        let url = folder.appending(path: name)
        // It may hold password hashes: for the eyes of whoever runs this.
        try Data().write(to: url, options: .withoutOverwriting)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: url.path(percentEncoded: false))
        handle = try FileHandle(forWritingTo: url)
    }

    func write(_ bytes: [UInt8]) throws {
        digest.add(bytes)
        try handle.write(contentsOf: bytes)
    }

    /// Ends the file; it is on the disk then.
    func close() throws -> ExportManifest.File {
        try handle.synchronize()
        try handle.close()
        guard let sha256 = digest.digest else { throw CocoaError(.fileWriteUnknown) }
        return ExportManifest.File(name: name, bytes: digest.byteCount, sha256: sha256)
    }
}
