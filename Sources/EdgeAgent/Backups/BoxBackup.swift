import Foundation
import GRDB
import Shared
import Store

/// A copy of the box's database in one file: all that was sold, with who bought it, and the site document with its keys.
///
/// The box's own credential is not in it; that is a file beside the database.
enum BoxBackup {
    /// Why nothing was written, in words for whoever asked.
    struct Refusal: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    /// Copies a database that is in use or not to a file that is not there yet. The file has its name only once all of it
    /// is on the disk.
    ///
    /// - Throws: ``Refusal``; SQLite's and the disk's errors.
    static func write(from path: String, to file: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw Refusal(description: "No hay base de datos en \(path).")
        }
        guard !FileManager.default.fileExists(atPath: file) else {
            throw Refusal(description: "\(file) ya existe; un respaldo no se escribe encima de nada.")
        }
        var configuration = Configuration()
        // It moves nothing from the WAL into the file, and locks nobody out.
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        guard try queue.read({ try $0.tableExists("box") }) else {
            throw Refusal(description: "\(path) no es la base de datos de una caja.")
        }
        let partial = file + ".tmp"
        try removeDatabase(partial)
        // Names and addresses of buyers are in it: nobody else may read it, not for a moment.
        guard FileManager.default.createFile(atPath: partial, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw Refusal(description: "No se puede escribir \(partial).") }
        try DatabaseCopy.write(from: queue, to: partial)
        try queue.close()
        try flush(partial)
        try FileManager.default.moveItem(atPath: partial, toPath: file)
    }

    /// Puts a backup where the box will look for its database, which must not be there. The box's history goes on in an
    /// epoch of its own: numbers that were used since the backup are not used again for other sales. Before it takes cards
    /// again, it finds out what it sold by card since, and what became of the purchases that were under way.
    ///
    /// - Throws: ``Refusal`` with nothing changed; SQLite's and the disk's errors.
    static func restore(from file: String, to path: String) async throws {
        for part in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + part) {
            throw Refusal(description: "Ya hay una base de datos: \(path + part). Apártala antes, no la borres.")
        }
        let copy = path + ".restoring"
        try removeDatabase(copy)
        var configuration = Configuration()
        configuration.readonly = true
        let source = try DatabaseQueue(path: file, configuration: configuration)
        guard try await source.read({ try $0.tableExists("box") }) else {
            throw Refusal(description: "\(file) no es el respaldo de una caja.")
        }
        try DatabaseCopy.write(from: source, to: copy)
        try source.close()
        let database = try await BoxDatabase.open(path: copy)
        try await RestorationStore(database: database).beginFromBackup()
        _ = try await OutboxStore(database: database).plan(.restored)
        try database.close()
        try? FileManager.default.removeItem(atPath: copy + ".lock")
        try giveToOwnerOfFolder(copy)
        try flush(copy)
        try FileManager.default.moveItem(atPath: copy, toPath: path)
    }

    private static func flush(_ path: String) throws {
        let handle = try FileHandle(forUpdating: URL(filePath: path))
        try handle.synchronize()
        try handle.close()
    }

    /// What an attempt that was cut off left.
    private static func removeDatabase(_ path: String) throws {
        for part in ["", "-wal", "-shm", ".lock"] where FileManager.default.fileExists(atPath: path + part) {
            try FileManager.default.removeItem(atPath: path + part)
        }
    }

    /// The box runs as another user than whoever restores, and owns its folder.
    private static func giveToOwnerOfFolder(_ path: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        let owner = try FileManager.default.attributesOfItem(atPath: folder)
        var attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        for key in [FileAttributeKey.ownerAccountID, .groupOwnerAccountID] { attributes[key] = owner[key] }
        try FileManager.default.setAttributes(attributes, ofItemAtPath: path)
    }
}
