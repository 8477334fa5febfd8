using System.Collections.Immutable;
using System.Net;

namespace Strata.Fetch;

/// <summary>The proxies that the caller's environment names, as curl reads it: http_proxy, https_proxy, all_proxy, no_proxy in either case.</summary>
internal sealed class EnvironmentProxy(ImmutableSortedDictionary<string, string> environment) : IWebProxy
{
    private readonly string[] _direct = (Value(environment, "no_proxy") ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);

    public ICredentials? Credentials { get; set; }

    public Uri? GetProxy(Uri destination)
    {
        var text = Value(environment, $"{destination.Scheme}_proxy") ?? Value(environment, "all_proxy");
        if (string.IsNullOrEmpty(text) || IsBypassed(destination)) return null;
        return Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute, out var proxy) ? proxy : null;
    }

    public bool IsBypassed(Uri host) => _direct.Any(name => name == "*" || IsOrIsBelow(host.IdnHost, name.TrimStart('*').TrimStart('.')));

    private static bool IsOrIsBelow(string host, string name) =>
        host.Equals(name, StringComparison.OrdinalIgnoreCase) || host.EndsWith($".{name}", StringComparison.OrdinalIgnoreCase);

    /// <summary>HTTP_PROXY in capitals is what a web server sets from a request header, so it does not count.</summary>
    private static string? Value(ImmutableSortedDictionary<string, string> environment, string name) =>
        environment.GetValueOrDefault(name) ?? (name == "http_proxy" ? null : environment.GetValueOrDefault(name.ToUpperInvariant()));
}
