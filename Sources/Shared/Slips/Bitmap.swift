/// A picture of black dots: a logo, or the modules of a QR code.
public struct Bitmap: Sendable, Equatable {
    public let width: Int
    public let height: Int
    /// Row by row; a dot that is true is black.
    private let dots: [Bool]

    /// - Parameter isBlack: Of the dot at a column and row.
    public init(width: Int, height: Int, isBlack: (_ x: Int, _ y: Int) -> Bool) {
        self.width = width
        self.height = height
        dots = (0..<height).flatMap { y in (0..<width).map { x in isBlack(x, y) } }
    }

    public func isBlack(_ x: Int, _ y: Int) -> Bool { dots[y * width + x] }

    /// The lines of black dots, one after the other.
    public var runs: [(x: Int, y: Int, length: Int)] {
        var runs: [(x: Int, y: Int, length: Int)] = []
        for y in 0..<height {
            var x = 0
            while x < width {
                let start = x
                while x < width, isBlack(x, y) { x += 1 }
                if x > start { runs.append((start, y, x - start)) }
                x += 1
            }
        }
        return runs
    }

    /// The data of an SVG path whose strokes, one unit wide, are the black dots. Relative, which is the shortest.
    public var strokePath: String {
        var path = "M0 .5"
        var pen = (x: 0, y: 0)
        for run in runs {
            let (across, down) = (run.x - pen.x, run.y - pen.y)
            if across != 0 || down != 0 { path += "m\(across) \(down)" }
            path += "h\(run.length)"
            pen = (run.x + run.length, run.y)
        }
        return path
    }
}
