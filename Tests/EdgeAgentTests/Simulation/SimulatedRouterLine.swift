import RouterOSSimulator
import Shared

@testable import RouterOS

/// The line to the router without sockets: the production commands reach the simulator's core, with faults.
struct SimulatedRouterLine: CommandExecutor {
    let world: SimulatedWorld
    let life: Int
    let crash: CrashSignal

    func execute(_ command: RouterOS.Command, timeout: Duration) async throws(RouterOSError) -> Reply {
        guard world.isAlive(life) else { throw .notSent(.disconnected(.stopped)) }
        let fault = world.script.nextCall(.router, command.sentence.words[0].text)
        world.time.pass(.milliseconds(5))
        switch fault {
        case .crashBefore:
            try await die()
        case .crashAfter:
            _ = try? reply(to: command)
            try await die()
        case .powerCutForgetsUser:
            _ = try? reply(to: command)
            forgetUser(of: command)
            try await die()
        case .lostAndForgotten:
            _ = try? reply(to: command)
            forgetUser(of: command)
            throw .outcomeUnknown(.connectionLost(.lost("fault")))
        case .notSent:
            throw .notSent(.disconnected(.lost("fault")))
        case .awayForHalfAMinute:
            world.takeRouterAway(for: .seconds(30))
        case .awayForTenMinutes:
            world.takeRouterAway(for: .seconds(600))
        case .clockForwardADay:
            world.setClock(forwardsBy: .seconds(86_400))
        case .clockBackTo1970:
            world.setClock(to: Timestamp(seconds: 0))
        case .nameTaken:
            guard let name = command.sentence.attribute("name") else { break }
            world.router.console(["/ip/hotspot/user/add", Word("=name=\(name.text)"), "=comment=del mostrador"])
        default:
            // A router that cannot be reached meets no fault; it would strike a later command.
            guard !world.isRouterAway, let fault = fault.flatMap(Self.simulatorFault) else { break }
            world.router.add(fault)
        }
        return try reply(to: command)
    }

    private func die() async throws(RouterOSError) {
        await crash.happen()
        throw .outcomeUnknown(.cancelled)
    }

    /// What RouterOS had not yet written to its flash when the power went.
    private func forgetUser(of command: RouterOS.Command) {
        guard let name = command.sentence.attribute("name") else { return }
        world.router.console(["/ip/hotspot/user/remove", Word("=numbers=\(name.text)")])
    }

    private func reply(to command: RouterOS.Command) throws(RouterOSError) -> Reply {
        guard !world.isRouterAway, let session = world.router.openSession(loggedInAs: "fichas") else {
            throw .notSent(.disconnected(.unreachable("away")))
        }
        defer { world.router.closeSession(session) }
        let execution = world.router.execute(command.sentence, session: session)
        guard case .staysOpen = execution.ending, !execution.replies.isEmpty else {
            world.time.pass(.seconds(10))
            throw .outcomeUnknown(.connectionLost(.lost("fault")))
        }
        var collector = ReplyCollector()
        for sentence in execution.replies {
            switch ReplySentence(sentence)?.kind {
            case .row: collector.add(row: sentence)
            case .trap: collector.add(trap: sentence)
            case .done: return try collector.finish(sentence).get()
            default: continue
            }
        }
        throw .outcomeUnknown(.connectionLost(.lost("no end")))
    }

    private static func simulatorFault(_ fault: CallFault) -> Fault? {
        switch fault {
        case .lostBefore: Fault(.drop(executes: false))
        case .lostAfter: Fault(.drop(executes: true))
        case .lateByAMinute: Fault(.executeLate(after: .seconds(50)))
        case .lateByTwentyMinutes: Fault(.executeLate(after: .seconds(1_200)))
        case .twice: Fault(.twice)
        case .reboot: Fault(.reboot(downFor: .seconds(40)))
        case .unknownTrap: Fault(.trap("failure: nobody knows"))
        case .unknownProfile: Fault(.trap("input does not match any value of profile"))
        default: nil
        }
    }
}
