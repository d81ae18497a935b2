import RouterOSSimulator

@testable import RouterOS

/// The line to the router without sockets: the production commands reach the simulator's core, with faults.
struct SimulatedRouterLine: CommandExecutor {
    let world: SimulatedWorld
    let life: Int
    let crash: CrashSignal

    func execute(_ command: RouterOS.Command, timeout: Duration) async throws(RouterOSError) -> Reply {
        guard world.isAlive(life) else { throw .notSent(.disconnected(.stopped)) }
        let fault = world.script.next(.router)
        world.time.pass(.milliseconds(5))
        switch fault {
        case .crashBefore:
            await crash.happen()
            throw .outcomeUnknown(.cancelled)
        case .crashAfter:
            _ = try? reply(to: command)
            await crash.happen()
            throw .outcomeUnknown(.cancelled)
        case .notSent:
            throw .notSent(.disconnected(.lost("fault")))
        case .awayForHalfAMinute:
            world.takeRouterAway(for: .seconds(30))
        case .awayForTenMinutes:
            world.takeRouterAway(for: .seconds(600))
        default:
            if let fault = fault.flatMap(Self.simulatorFault) { world.router.add(fault) }
        }
        return try reply(to: command)
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
        case .reboot: Fault(.reboot(downFor: .seconds(40)))
        case .unknownTrap: Fault(.trap("failure: nobody knows"))
        case .unknownProfile: Fault(.trap("input does not match any value of profile"))
        default: nil
        }
    }
}
