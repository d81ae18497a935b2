public import Foundation

/// Reads QR codes as a telephone does: zbar, which has nothing in common with what made them.
public enum QRReader {
    /// What the codes in a picture say.
    ///
    /// - Parameter picture: PNG, or one of netpbm's.
    /// - Throws: `RunningProgram.Failure` when zbar fails for another reason than that there is none.
    public static func read(_ picture: URL) async throws -> [String] {
        let path = picture.path(percentEncoded: false)
        let zbar = try RunningProgram(
            URL(filePath: "/usr/bin/zbarimg"),
            ["--quiet", "--raw", "--nodbus", "-Sdisable", "-Sqrcode.enable", path]
        )
        let status = try await zbar.exitStatus()
        // 4: no code in the picture.
        guard status == 0 || status == 4 else {
            throw RunningProgram.Failure(description: "zbarimg: \(status) \(zbar.lines)")
        }
        return zbar.lines.filter { !$0.isEmpty }
    }
}
