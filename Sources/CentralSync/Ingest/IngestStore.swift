import Foundation
import Shared

/// Takes a batch of a box's events: the only place where what is sold comes into the centre.
///
/// All of it is one transaction, and the answer is given only when that is durable. A batch that came before is answered
/// as it was then; one that contradicts what is here is kept beside it and refused, never ignored.
struct IngestStore {
    enum Outcome: Sendable, Equatable {
        case acknowledged(SyncPoint)
        /// With how far the epoch has come; nil when there is none.
        case refused(BatchRefusal, SyncPoint?)
    }

    let box: Box
    let batch: EventBatch
    /// Of the site, for the business day.
    let timeZone: TimeZone
    let now: Timestamp
    let session: any SQLSession

    private var key: [SQLValue] { [.text(box.empresaID), .text(box.boxID), .integer(batch.epoch)] }

    /// One batch of a box at a time, by its row: what is read after that is how the batch before it left things. All else
    /// that boxes share is added to, never decided by, so the order in which they come does not matter.
    ///
    /// - Throws: ``CentralDatabaseError``.
    func run() throws -> Outcome {
        _ = try session.first(
            "SELECT box_id FROM box WHERE empresa_id = $1 AND box_id = $2 \(session.rowLock)",
            [.text(box.empresaID), .text(box.boxID)]
        )
        let row = try session.first(
            """
            SELECT acked_seq, acked_hash, incarnation, opened_at_ms FROM box_epoch
            WHERE empresa_id = $1 AND box_id = $2 AND epoch = $3
            """,
            key
        )
        guard let row, try row.text("incarnation") == batch.incarnation,
            let hash = SHA256Digest(bytes: try row.bytes("acked_hash"))
        else { return .refused(.unknownEpoch, nil) }
        let acknowledged = SyncPoint(epoch: batch.epoch, seq: try row.integer("acked_seq"), hash: hash)
        guard batch.fromSeq <= acknowledged.seq + 1 else { return .refused(.gap, acknowledged) }
        let events = chained()
        guard try agrees(events, with: acknowledged) else {
            try keepFork(events)
            return .refused(.fork, acknowledged)
        }
        let fresh = events.filter { $0.seq > acknowledged.seq }
        guard let last = fresh.last else { return .acknowledged(acknowledged) }
        try advance(to: last)
        try insert(fresh, openedAt: Timestamp(milliseconds: try row.integer("opened_at_ms")))
        return .acknowledged(SyncPoint(epoch: batch.epoch, seq: last.seq, hash: last.hash))
    }

    // MARK: The chain

    struct Event: Sendable {
        let seq: Int64
        let hash: SHA256Digest
        let text: String
    }

    private func chained() -> [Event] {
        var hash = batch.previousHash
        return batch.events.enumerated().map { index, text in
            hash = SHA256Digest(after: hash, text)
            return Event(seq: batch.fromSeq + Int64(index), hash: hash, text: text)
        }
    }

    /// Whether the batch goes on from, or repeats, what is here. One hash says so for all before it.
    private func agrees(_ events: [Event], with acknowledged: SyncPoint) throws -> Bool {
        if batch.fromSeq == acknowledged.seq + 1 { return batch.previousHash == acknowledged.hash }
        guard let last = events.last(where: { $0.seq <= acknowledged.seq }) else { return true }
        if last.seq == acknowledged.seq { return last.hash == acknowledged.hash }
        let row = try session.first(
            "SELECT hash FROM event WHERE empresa_id = $1 AND box_id = $2 AND epoch = $3 AND seq = $4",
            key + [.integer(last.seq)]
        )
        return try row?.bytes("hash") == last.hash.bytes
    }

    private func keepFork(_ events: [Event]) throws {
        _ = try session.insert(
            into: "fork",
            columns: ["empresa_id", "box_id", "epoch", "seq", "hash", "body", "noticed_at_ms"],
            rows: events.map { event in
                key + [
                    .integer(event.seq), .bytes(event.hash.bytes), .bytes(Array(event.text.utf8)),
                    .integer(now.milliseconds),
                ]
            },
            suffix: "ON CONFLICT (empresa_id, box_id, epoch, seq, hash) DO NOTHING"
        )
        try BoxStore.markForked(box, in: session)
    }

    private func advance(to last: Event) throws {
        try session.execute(
            """
            UPDATE box_epoch SET acked_seq = $4, acked_hash = $5, last_event_at_ms = $6
            WHERE empresa_id = $1 AND box_id = $2 AND epoch = $3
            """,
            key + [.integer(last.seq), .bytes(last.hash.bytes), .integer(now.milliseconds)]
        )
    }

    // MARK: The events

    private func insert(_ events: [Event], openedAt: Timestamp) throws {
        var sorted = SortedEvents(fichas: FichaLedger(box: box, now: now))
        let (empresaID, boxID, epoch) = (SQLValue(box.empresaID), SQLValue(box.boxID), SQLValue(batch.epoch))
        let rows = events.map { event -> [SQLValue] in
            let kind = sorted.add(ReadEvent(event.text, epoch: batch.epoch, seq: event.seq), seq: event.seq)
            return [
                empresaID, boxID, epoch, .integer(event.seq), .text(kind), .bytes(Array(event.text.utf8)),
                .bytes(event.hash.bytes), .integer(now.milliseconds),
            ]
        }
        _ = try session.insert(
            into: "event",
            columns: ["empresa_id", "box_id", "epoch", "seq", "kind", "body", "hash", "received_at_ms"],
            rows: rows
        )
        try book(&sorted, openedAt: openedAt)
        try sorted.fichas.write(in: session)
        try quarantine(sorted.quarantined)
    }

    private func book(_ events: inout SortedEvents, openedAt: Timestamp) throws {
        let ledger = VentaLedger(box: box, timeZone: timeZone, now: now, openedAt: openedAt, session: session)
        let voided = VoidLedger(box: box, timeZone: timeZone, now: now, openedAt: openedAt, session: session)
        let closed = CorteLedger(box: box, timeZone: timeZone, now: now, openedAt: openedAt, session: session)
        let context = LedgerContext(box: box, timeZone: timeZone, now: now, openedAt: openedAt, session: session)
        var sums = VentaSums()
        events.quarantined += try ledger.add(events.ventas, to: &sums).map { ($0, "venta_conflict") }
        events.quarantined += try voided.add(events.voids, to: &sums)
        events.quarantined += try closed.add(events.cortes).map { ($0, "corte_conflict") }
        events.quarantined += try EntregaLedger(context: context).add(events.entregas).map { ($0, "entrega_conflict") }
        events.quarantined += try DevolucionLedger(context: context).add(events.devoluciones)
            .map { ($0, "devolucion_conflict") }
        events.quarantined += try ResellerCorteLedger(context: context).add(events.resellerCortes)
        try sums.write(empresaID: box.empresaID, in: session)
    }

    private func quarantine(_ events: [(seq: Int64, reason: String)]) throws {
        _ = try session.insert(
            into: "quarantine",
            columns: ["empresa_id", "box_id", "epoch", "seq", "reason", "noticed_at_ms"],
            rows: events.map { key + [.integer($0.seq), .text($0.reason), .integer(now.milliseconds)] }
        )
    }
}
