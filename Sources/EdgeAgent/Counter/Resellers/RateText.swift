/// A rate as people read it: `20 %`, `15.5 %`.
enum RateText {
    static func text(_ basisPoints: Int64) -> String {
        let (whole, rest) = basisPoints.quotientAndRemainder(dividingBy: 100)
        let digits = rest == 0 ? "" : "." + (rest < 10 ? "0\(rest)" : rest % 10 == 0 ? "\(rest / 10)" : "\(rest)")
        return "\(whole)\(digits) %"
    }
}
