import Foundation

/// Checkers that others wrote, in the Python that `scripts/test` makes.
public enum PythonTool {
    /// Starts Python with the folder as its working directory, or anywhere.
    ///
    /// - Throws: `RunningProgram.Failure` without `FICHAS_PYTHON`.
    public static func start(_ arguments: [String], in folder: TemporaryDirectory? = nil) throws -> RunningProgram {
        guard let python = ProcessInfo.processInfo.environment["FICHAS_PYTHON"] else {
            let need = "FICHAS_PYTHON must name a Python with Tests/requirements.txt; scripts/test makes one"
            throw RunningProgram.Failure(description: need)
        }
        let place = folder.map { ["-C", $0.url.path(percentEncoded: false)] } ?? []
        return try RunningProgram(URL(filePath: "/usr/bin/env"), place + [python] + arguments)
    }
}
