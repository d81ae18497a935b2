import RouterOS
import Shared

/// Does what people at the centre ask of the box.
struct CommandRunner: Sendable {
    let fleet: RouterFleet
    let site: SiteInForce

    /// Never fails: what went wrong is the result.
    func run(_ command: BoxCommand) async -> CommandResult {
        do {
            switch command.kind {
            case BoxCommand.Kind.testConnection:
                return try CommandResult(command, answer: await test(try router(in: command)))
            case BoxCommand.Kind.readProfiles:
                return try CommandResult(command, answer: try await profiles(try router(in: command)))
            default:
                throw CommandFailure(
                    code: CommandFailure.Code.unknownCommand,
                    message: "La caja tiene una versión que no conoce esta orden."
                )
            }
        } catch let failure as CommandFailure {
            return CommandResult(command, failure: failure)
        } catch {
            let failure = CommandFailure(
                code: CommandFailure.Code.routerRefused,
                message: "El router respondió con un error."
            )
            return CommandResult(command, failure: failure)
        }
    }

    private func router(in command: BoxCommand) throws -> (SiteSnapshot.Router, RouterLink) {
        let arguments: RouterArguments? = try? command.arguments.decoded()
        guard let id = arguments?.routerID, let router = site.site.snapshot.router(id), let link = fleet.link(id) else {
            throw CommandFailure(
                code: CommandFailure.Code.routerUnknown,
                message: "La caja no conoce ese router; quizá todavía no recibe el cambio."
            )
        }
        return (router, link)
    }

    private func test(_ place: (router: SiteSnapshot.Router, link: RouterLink)) async -> ConnectionTest {
        let profiles = site.site.snapshot.catalogue(routerID: place.router.id).map(\.mikrotikProfile)
        return await RouterExamination(link: place.link, router: place.router, neededProfiles: Set(profiles)).run()
    }

    private func profiles(_ place: (router: SiteSnapshot.Router, link: RouterLink)) async throws -> ProfileList {
        let profiles: [UserProfile]
        do {
            profiles = try await place.link.hotspot.userProfiles()
        } catch {
            guard error.trapKind == nil else { throw error }
            throw CommandFailure(
                code: CommandFailure.Code.routerAway,
                message: "La caja no logra hablar con ese router."
            )
        }
        return ProfileList(
            profiles: profiles.map { profile in
                ProfileList.Profile(
                    name: profile.name,
                    rateLimit: profile.rateLimit,
                    sharedUsers: profile.sharedUsers.map(Int64.init),
                    sessionTimeoutSeconds: profile.sessionTimeout.map(\.components.seconds)
                )
            }
        )
    }
}
