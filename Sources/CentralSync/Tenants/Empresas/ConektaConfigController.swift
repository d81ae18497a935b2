import Conekta
import HTTPTypes
import Hummingbird
import Outbound
import ServerKit
import Shared

/// An empresa's own keys at Conekta: written, checked, and never shown again.
struct ConektaConfigController: Sendable {
    let centre: Centre
    /// Whoever asks often uses us to try keys of others.
    private let asked = RateLimiter<String>(rule: .init(limit: 20, per: .seconds(3_600)), capacity: 1_024)

    init(centre: Centre) {
        self.centre = centre
    }

    func addRoutes(to router: AccessRouter) {
        let path = "/mi-empresa/conekta-config"
        router.put(path, .empresa(.superAdmin, .clienteAdmin)) { request, _, scope in
            let ifMatch = try IfMatch(request)
            let draft = try await request.decodeJSON(ConektaConfigDraft.self)
            let (pair, desk) = (try draft.pair(), EmpresaDesk(centre: centre, principal: scope.principal))
            try ifMatch.check(try await desk.find(scope.empresaID).version)
            try await check(pair, for: scope)
            let empresa = try await desk.setKeys(
                of: scope.empresaID,
                to: pair,
                sendsShippingContact: draft.sendsShippingContact ?? false,
                ifMatch: ifMatch
            )
            return try JSONAnswer(desk.body(empresa)).response(headers: empresa.tag.fields)
        }
        router.delete(path, .empresa(.superAdmin, .clienteAdmin)) { request, _, scope in
            let (ifMatch, desk) = (try IfMatch(request), EmpresaDesk(centre: centre, principal: scope.principal))
            let empresa = try await desk.setKeys(
                of: scope.empresaID,
                to: nil,
                sendsShippingContact: false,
                ifMatch: ifMatch
            )
            return try JSONAnswer(desk.body(empresa)).response(headers: empresa.tag.fields)
        }
    }

    /// A pair that Conekta does not know would stop every sale by card of the empresa.
    ///
    /// - Throws: `APIError` 422, 429, 502.
    private func check(_ pair: ConektaKeyPair, for scope: EmpresaScope) async throws(APIError) {
        if case .blocked(let seconds) = asked.allow(scope.principal.usuarioID) {
            throw .tooManyRequests(retryAfterSeconds: seconds)
        }
        let client = ConektaClient(
            configuration: ConektaConfiguration(
                baseURL: centre.conektaURL,
                privateKey: pair.privateKey,
                timeouts: .init(connect: .seconds(5), other: .seconds(15))
            ),
            outbound: centre.outbound,
            logger: centre.logger
        )
        switch await client.checkKeys(publicKey: pair.publicKey) {
        case .known: return
        case .privateKeyUnknown: throw .conektaKeyUnknown("La llave privada no es de ninguna cuenta de Conekta.")
        case .publicKeyUnknown: throw .conektaKeyUnknown("La llave pública no es de ninguna cuenta de Conekta.")
        case .unanswered:
            throw APIError(
                .badGateway,
                code: "conekta_unanswered",
                message: "Conekta no contestó, y sin probarlas no guardamos las llaves. Intenta en unos minutos."
            )
        }
    }
}

extension APIError {
    fileprivate static func conektaKeyUnknown(_ message: String) -> APIError {
        APIError(.unprocessableContent, code: "conekta_key_unknown", message: message)
    }
}
