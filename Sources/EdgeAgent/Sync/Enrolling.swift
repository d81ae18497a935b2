import Foundation
import Outbound
import Shared
import Store

/// Makes the box one of a centre's.
///
/// The credential is on the disk before anything else changes, because the code that bought it is used up. Whatever comes
/// to an end in between, `edge-agent serve` does the rest: it sees that the database does not know the credential's box.
struct Enrolling: Sendable {
    /// Why the box was not enrolled, in words for the installer.
    struct Refusal: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    let settings: EdgeSettings
    let database: DurableDatabase
    let outbound: any OutboundTransport
    var wallClock = WallClock.system

    /// - Returns: What the installer wants to know, in Spanish.
    /// - Throws: ``Refusal``; the disk's errors.
    func run(code: String, centreURL: String) async throws -> String {
        if let known = try CentreCredential(path: settings.centreFile) {
            throw Refusal(
                description: """
                    Esta caja ya está dada de alta en \(known.centreURL) (\(known.boxID)). Para darla de alta otra vez, \
                    quita antes \(settings.centreFile).
                    """
            )
        }
        var generator = SystemRandomNumberGenerator()
        let request = Enrolment.Request(
            code: code,
            incarnation: Incarnation.random(using: &generator),
            softwareVersion: BoxVersion.text
        )
        let reply = try await redeem(request, at: centreURL)
        let credential = try CentreCredential(reply, centreURL: centreURL)
        try credential.write(to: settings.centreFile)
        do {
            try await OutboxStore(database: database).begin(
                epoch: reply.epoch,
                incarnation: request.incarnation,
                boxID: reply.boxID,
                site: credential.site
            )
        } catch is HistoryOfAnotherSite {
            try FileManager.default.removeItem(atPath: settings.centreFile)
            throw Refusal(
                description: "La base de datos tiene ventas de otra sucursal. Usa una base nueva (FICHAS_DATABASE)."
            )
        }
        let parts = SyncParts(credential, database: database, outbound: outbound)
        do {
            let site = try await parts.document(wallClock: wallClock)
            return """
                Caja \(reply.boxID) dada de alta: \(site.empresa.name), \(site.site.name); \(site.routers.count) router(s), \
                \(site.products.count) ficha(s).
                """
        } catch {
            return "Caja \(reply.boxID) dada de alta; todavía no recibe qué vender (\(error))."
        }
    }

    private func redeem(_ request: Enrolment.Request, at centreURL: String) async throws -> Enrolment.Reply {
        let centre = CentreClient(baseURL: centreURL, credential: nil, outbound: outbound)
        do {
            return try await centre.enroll(request)
        } catch {
            throw switch error {
            case .away:
                Refusal(description: "La central no responde en \(centreURL). Revisa la dirección y el Internet.")
            case .refused(_, "enrolment_code_invalid"):
                Refusal(description: "El código no es válido, ya se usó o venció. Pide uno nuevo en la central.")
            case .refused(let status, let code):
                Refusal(description: "La central no aceptó el alta (\(status) \(code)).")
            case .notAdmitted, .unintelligible:
                Refusal(description: "Lo que responde en \(centreURL) no es una central de Fichas.")
            }
        }
    }
}
