import Shared

/// One row of the audit log.
struct AuditRecord: Sendable, Equatable {
    static let firstPreviousHash = [UInt8](repeating: 0, count: 32)

    let seq: Int64
    let change: AuditedChange
    let previousHash: [UInt8]
    let hash: [UInt8]

    init(seq: Int64, change: AuditedChange, previousHash: [UInt8]) {
        self.seq = seq
        self.change = change
        self.previousHash = previousHash
        hash = Self.hash(seq: seq, change: change, previousHash: previousHash)
    }

    /// As it stands in the database, right or wrong.
    ///
    /// - Throws: `SQLRow.Mismatch`.
    init(_ row: SQLRow) throws {
        seq = try row.integer("seq")
        change = try AuditedChange(row)
        previousHash = try row.bytes("previous_hash")
        hash = try row.bytes("hash")
    }

    /// Its hash is that of what stands in it.
    var isIntact: Bool { hash == Self.hash(seq: seq, change: change, previousHash: previousHash) }

    /// Every part with its length, so that no two records have the same bytes. Never changed: old rows must verify.
    private static func hash(seq: Int64, change: AuditedChange, previousHash: [UInt8]) -> [UInt8] {
        var bytes = Array("fichas-audit-1".utf8) + previousHash
        func add(_ text: String?) {
            let utf8 = Array((text ?? "").utf8)
            bytes.append(text == nil ? 0 : 1)
            bytes += (0..<8).reversed().map { UInt8(truncatingIfNeeded: utf8.count >> ($0 * 8)) }
            bytes += utf8
        }
        add(String(seq))
        add(String(change.at.milliseconds))
        add(change.actor.id)
        add(change.actor.email)
        add(change.actor.address)
        add(change.action)
        add(change.empresaID)
        add(change.subject)
        add(change.before)
        add(change.after)
        return SHA256Digest(of: bytes).bytes
    }
}
