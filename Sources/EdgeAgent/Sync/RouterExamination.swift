import RouterOS
import Shared

/// Looks at a router as an installer would before leaving: is it there, and can it sell what the site sells?
struct RouterExamination: Sendable {
    let link: RouterLink
    let router: SiteSnapshot.Router
    /// The user profiles of the products sold there.
    let neededProfiles: Set<String>
    var clock = ContinuousClock()

    func run() async -> ConnectionTest {
        let start = clock.now
        let identity: String
        do {
            identity = try await link.client.system.identity()
        } catch {
            return await unreachable(error)
        }
        let latency = clock.now - start
        let resource = try? await link.client.system.resource()
        let license = try? await link.client.system.license()
        let servers = (try? await link.hotspot.servers()) ?? []
        let usable = servers.filter { !$0.isDisabled && !$0.isInvalid }.map(\.name)
        return ConnectionTest(
            isReachable: true,
            latencyMilliseconds: latency.components.seconds * 1_000
                + latency.components.attoseconds / 1_000_000_000_000_000,
            identity: identity,
            version: resource?.version,
            boardName: resource?.boardName,
            licenseLevel: license?.level,
            hotspotServers: usable,
            problems: serverProblems(usable) + (await profileProblems()) + (await deviceModeProblems())
        )
    }

    // MARK: Problems

    private func serverProblems(_ usable: [String]) -> [ConnectionTest.Problem] {
        if let wanted = router.hotspotServer, !usable.contains(wanted) {
            return [
                problem(
                    ConnectionTest.Problem.Code.hotspotServerMissing,
                    "No hay un hotspot activo llamado «\(wanted)». Revisa IP → Hotspot en el router."
                )
            ]
        }
        guard usable.isEmpty else { return [] }
        return [
            problem(
                ConnectionTest.Problem.Code.hotspotServerMissing,
                "El router no tiene un hotspot activo. Créalo en IP → Hotspot."
            )
        ]
    }

    private func profileProblems() async -> [ConnectionTest.Problem] {
        guard let profiles = try? await link.hotspot.userProfiles() else {
            return [
                problem(
                    ConnectionTest.Problem.Code.missingPermission,
                    "El usuario de la API no puede leer los perfiles del hotspot. Dale permisos read, write y api."
                )
            ]
        }
        let present = Set(profiles.map(\.name))
        return neededProfiles.subtracting(present).sorted().map { name in
            problem(
                ConnectionTest.Problem.Code.profileMissing,
                "Falta el perfil «\(name)» en IP → Hotspot → User Profiles; se vende una ficha con él."
            )
        }
    }

    private func deviceModeProblems() async -> [ConnectionTest.Problem] {
        guard let mode = try? await link.client.system.deviceMode(), !mode.allowsHotspot else { return [] }
        return [
            problem(
                ConnectionTest.Problem.Code.hotspotServerMissing,
                "El modo del equipo (device-mode) prohíbe el hotspot. Actívalo con /system/device-mode y el botón del router."
            )
        ]
    }

    private func unreachable(_ error: RouterOSError) async -> ConnectionTest {
        let failure = await link.client.status.lastFailure
        let found =
            switch failure {
            case .loginRejected:
                problem(
                    ConnectionTest.Problem.Code.loginRefused,
                    "El router rechaza el usuario o la contraseña de la API."
                )
            case .certificateMismatch:
                problem(
                    ConnectionTest.Problem.Code.certificateMismatch,
                    "El certificado del router no es el que se registró."
                )
            default:
                problem(
                    ConnectionTest.Problem.Code.unreachable,
                    "El router no responde en \(router.api.host):\(router.api.port). Revisa el cable, la IP y IP → Services → api."
                )
            }
        return ConnectionTest(isReachable: false, problems: [found])
    }

    private func problem(_ code: String, _ message: String) -> ConnectionTest.Problem {
        ConnectionTest.Problem(code: code, message: message)
    }
}
