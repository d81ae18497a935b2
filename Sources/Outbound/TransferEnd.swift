/// What is known of a transfer when it is over: its outcome, and numbers for the log.
struct TransferEnd: Sendable {
    let outcome: OutboundOutcome
    /// libcurl's error number, 0 when it saw none.
    var curlCode = 0
    /// The `errno` of the last failed connection, 0 when there was none.
    var osError = 0
    /// Bytes of the request that left.
    var requestBytes = 0
    /// From start to end.
    var milliseconds = 0
}
