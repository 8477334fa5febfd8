namespace Strata.Fetch;

/// <summary>A server sends the fetcher to where it must not go.</summary>
internal sealed class RedirectException(string message) : Exception(message);
