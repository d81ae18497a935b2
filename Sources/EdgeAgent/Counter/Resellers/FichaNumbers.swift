/// Places of fichas in their batch, as people read them: `101–150, 153`.
struct FichaNumbers: Sendable, Equatable {
    let numbers: [Int64]

    init(_ numbers: [Int64]) {
        self.numbers = numbers.sorted()
    }

    var text: String {
        var runs: [ClosedRange<Int64>] = []
        for number in numbers {
            if let last = runs.last, last.upperBound + 1 == number {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
            .joined(separator: ", ")
    }
}
