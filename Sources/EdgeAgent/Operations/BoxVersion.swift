/// The version of this program.
enum BoxVersion {
    static let text = "0.2.0"
}
