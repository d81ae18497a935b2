// The pages of resellers.
extension CounterPages {
    func resellers(
        _ resellers: [KnownReseller],
        balances: [String: [String: Int64]],
        frame: CounterFrame
    ) -> String {
        templates.render(.resellers, ResellerListView(resellers, balances: balances, frame: frame))
    }

    func reseller(_ view: ResellerView) -> String { templates.render(.reseller, view) }
    func handOver(_ view: HandOverView) -> String { templates.render(.handOver, view) }
    func entrega(_ view: EntregaView) -> String { templates.render(.entrega, view) }
    func takeBack(_ view: TakeBackView) -> String { templates.render(.takeBack, view) }
    func devolucion(_ view: DevolucionView) -> String { templates.render(.devolucion, view) }
    func count(_ view: ResellerCountView) -> String { templates.render(.resellerCount, view) }
    func review(_ view: ResellerReviewView) -> String { templates.render(.resellerReview, view) }
    func settled(_ view: SettledView) -> String { templates.render(.settled, view) }
}
