import Shared
import Testing

@Suite struct CommissionTests {
    @Test(
        arguments: [
            (1_500, 2_000, 300), (1_500, 0, 0), (1_500, 10_000, 1_500), (999, 1_550, 154), (1, 9_999, 0),
            (333, 3_333, 110),
            (100_000_000, 9_999, 99_990_000),
        ] as [(Int64, Int64, Int64)]
    ) func `it is rounded down, for each ficha`(price: Int64, rate: Int64, cents: Int64) {
        #expect(Commission.cents(ofPrice: price, basisPoints: rate) == cents)
    }
}
