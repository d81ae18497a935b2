import Logging
import Purchasing
import RouterOS
import Shared

/// Makes the users that purchases pay for, and takes them away again.
struct HotspotDelivery: Sendable {
    let router: SiteSnapshot.Router
    let hotspot: Hotspot
    let logger: Logger

    /// Whether the router has what users of the product are made with; nil when it has.
    func check(profile: String) async -> ProvisioningFailure? {
        do {
            try await hotspot.checkNames(userProfile: profile, server: router.hotspotServer)
            return nil
        } catch {
            logger.warning(
                "a product cannot be delivered",
                metadata: ["profile": "\(profile)", "router": "\(router.id)", "error": "\(error)"]
            )
            return Self.meaning(of: error)
        }
    }

    /// Makes sure the user is there with the purchase as its comment; nil when it is.
    func provision(_ code: FichaCode, for purchase: Purchase) async -> ProvisioningFailure? {
        do {
            try await add(code, for: purchase)
            return nil
        } catch {
            guard error.trapKind == .alreadyHaveUser else { return failure(error, purchase) }
        }
        // The name exists. With our comment it is ours, from an attempt whose answer was lost.
        do {
            let user = try await hotspot.user(named: code.digits)
            return user?.comment == purchase.id.text ? nil : .nameTaken
        } catch {
            return failure(error, purchase)
        }
    }

    /// Makes sure no user of the purchase is there; false when the router could not be asked.
    func removeUser(_ code: FichaCode, of purchase: Purchase) async -> Bool {
        do {
            try await hotspot.removeFicha(code, comment: RouterComment(purchase.id))
            return true
        } catch {
            log("a user could not be removed", error, purchase)
            return false
        }
    }

    private func add(_ code: FichaCode, for purchase: Purchase) async throws(RouterOSError) {
        try await hotspot.addUser(
            HotspotUser.New(
                name: code.digits,
                password: Secret(code.digits),
                profile: purchase.product.mikrotikProfile,
                server: router.hotspotServer,
                // Online time never exceeds wall time, so this cuts nobody short; it ends a ficha if the box dies.
                limitUptime: .seconds(purchase.product.durationSeconds),
                limitBytes: purchase.product.dataLimitBytes,
                comment: purchase.id.text
            )
        )
    }

    private func failure(_ error: RouterOSError, _ purchase: Purchase) -> ProvisioningFailure {
        log("a user could not be created", error, purchase)
        return Self.meaning(of: error)
    }

    /// What a router says no to for good sends the money back at once; everything else may pass.
    private static func meaning(of error: RouterOSError) -> ProvisioningFailure {
        if case .invalidArgument = error { return .refused }
        return switch error.trapKind {
        case .unknownProfile, .unknownValue, .ambiguousValue, .invalidValue, .noSuchCommand, .unknownParameter,
            .notEnoughPermissions, .notAllowedByDeviceMode:
            .refused
        default: .routerAway
        }
    }

    private func log(_ message: Logger.Message, _ error: RouterOSError, _ purchase: Purchase) {
        logger.warning(
            message,
            metadata: ["purchase": "\(purchase.id)", "router": "\(router.id)", "error": "\(error)"]
        )
    }
}
