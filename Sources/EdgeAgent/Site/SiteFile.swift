import Foundation
import Shared

/// The site document as a file: how a box gets it while no centre sends it.
enum SiteFile {
    /// - Throws: `SiteSnapshotError`; Foundation's error when the file cannot be read.
    static func read(_ path: String) throws -> SiteSnapshot {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }
        // One byte more than allowed tells a file that is too large without reading all of it.
        let json = try file.read(upToCount: SiteSnapshot.maximumBytes + 1) ?? Data()
        return try SiteSnapshot(json: json)
    }
}
