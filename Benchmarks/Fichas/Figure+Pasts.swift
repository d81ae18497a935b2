extension Figure {
    /// The same with few and with many fichas from before: within a fifth of each other, by intent.
    ///
    /// - Parameter values: In the order of ``FichaRows/pasts``.
    static func ofPasts(_ name: String, _ values: [Double], unit: String, digits: Int = 2) -> Figure {
        let ratio = values[1] / values[0]
        return Figure(
            name: name,
            ours: "\(values[1].text(digits)) \(unit) with 100,000",
            beside: "\(values[0].text(digits)) \(unit) with 1,000",
            ratio: ratio.text(),
            aim: "< 1.20",
            isMet: ratio < 1.2
        )
    }
}
