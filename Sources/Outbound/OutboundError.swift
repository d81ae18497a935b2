/// Why there is no client at all.
public enum OutboundError: Error, Hashable, Sendable {
    /// libcurl could not be initialised, or there was no thread or memory for it.
    case cannotStart
    /// libcurl reported that its own state is broken, by its `CURLMcode`. Only a restart helps.
    case broken(multiCode: Int)
}
