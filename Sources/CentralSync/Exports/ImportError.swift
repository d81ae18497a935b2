/// Why an export is not loaded. Nothing was changed.
enum ImportError: Error, Equatable, CustomStringConvertible {
    /// The folder has no manifest that can be read.
    case notAnExport
    /// It is for analysis, and lacks most of a centre; or it is a copy of a SQLite file.
    case wrongKind
    /// It comes from another version of the program.
    case otherSchema(String)
    /// There is something in the database, or at its path, already.
    case notEmpty(String)
    /// Its rows are not those the manifest tells of.
    case damaged(String)

    var description: String {
        switch self {
        case .notAnExport: "there is no export in that folder: manifest.json is missing or cannot be read"
        case .wrongKind: "this kind of export cannot be loaded here"
        case .otherSchema(let schema):
            "the export has schema \(schema), this program \(CentralMigration.all.last?.id ?? ""): load it with the version that wrote it, then update"
        case .notEmpty(let what): "\(what) is not empty"
        case .damaged(let what): "the export is damaged: \(what) is not what its manifest says"
        }
    }
}
