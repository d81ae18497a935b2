import GRDB
import HTTPTypes
import Shared
import Store
import Testing

@testable import EdgeAgent

extension CounterFixture {
    /// All codes there are, in the order they were printed.
    func codes() async throws -> [FichaCode] {
        try await database.read { db in
            try String.fetchAll(db, sql: "SELECT code FROM ficha ORDER BY rowid").compactMap(FichaCode.init(digits:))
        }
    }

    /// Counts a cashier's till and closes it.
    ///
    /// - Returns: The corte's page.
    @discardableResult
    func closeTill(_ visitor: CounterVisitor, counted: String) async throws -> PortalAnswer {
        let page = try await visitor.get("/mostrador/cortes")
        var form = ["contado": counted, "pin": Self.pin]
        for name in ["llave", "corte", "numero", "moneda"] {
            let value = try #require(page.value(ofInput: name), "\(page.body)")
            form[name] = value
        }
        return try await visitor.get(try #require(try await visitor.post("/mostrador/cortes", form).location))
    }
}

extension CounterVisitor {
    /// Sells a printed ficha for cash.
    func sellPrinted(_ code: FichaCode) async throws {
        let page = try await get("/mostrador/impresa?codigo=\(code.digits)")
        var form: [String: String] = [:]
        for name in ["llave", "venta", "codigo"] {
            let value = try #require(page.value(ofInput: name), "\(page.body)")
            form[name] = value
        }
        #expect(try await post("/mostrador/impresa", form).status == .seeOther)
    }
}
