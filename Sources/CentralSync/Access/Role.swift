/// What a person is to the system.
enum Role: String, Codable, CaseIterable, Sendable {
    /// The operator of the centre: everything, for every empresa.
    case superAdmin = "super_admin"
    /// The owner of one empresa, or who works for it as one.
    case clienteAdmin = "cliente_admin"
    /// Sells at the counters of some routers of one empresa.
    case cajero
    /// Enrols boxes and tests routers, of one empresa or of all; sees no money.
    case tecnico
}
