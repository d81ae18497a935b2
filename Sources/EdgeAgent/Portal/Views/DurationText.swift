/// A ficha's time as people say it: `1 hora`, `24 horas`, `7 días`, `1 hora 30 minutos`.
enum DurationText {
    static func text(seconds: Int64) -> String {
        let minutes = max(seconds / 60, 1)
        // Up to three days people count in hours, unless it is whole days and more than one.
        if minutes % 60 == 0, minutes <= 24 * 60 { return count(minutes / 60, "hora", "horas") }
        if minutes % (24 * 60) == 0 { return count(minutes / (24 * 60), "día", "días") }
        if minutes % 60 == 0, minutes < 72 * 60 { return count(minutes / 60, "hora", "horas") }
        let parts = [
            (minutes / (24 * 60), "día", "días"), (minutes / 60 % 24, "hora", "horas"),
            (minutes % 60, "minuto", "minutos"),
        ]
        return parts.filter { $0.0 > 0 }.map(count).joined(separator: " ")
    }

    private static func count(_ number: Int64, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }
}
