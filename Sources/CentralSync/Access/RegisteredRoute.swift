/// One route and who may call it.
struct RegisteredRoute: Hashable, Sendable {
    /// `GET`.
    let method: String
    /// As it was written: `/admin/empresas/:empresa_id`.
    let path: String
    let rule: AccessRule
}
