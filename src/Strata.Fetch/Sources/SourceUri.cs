using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Strata.Fetch;

/// <summary>One entry of SRC_URI, split as BitBake splits it: <c>scheme://user:password@host/path;name=value;…</c>.</summary>
public sealed record SourceUri
{
    public required string Scheme { get; init; }

    /// <summary>With the port, if one is given; empty for <c>file://</c>.</summary>
    public required string Host { get; init; }

    /// <summary>Percent-decoded. Starts with a slash unless it is a relative <c>file://</c> path.</summary>
    public required string Path { get; init; }

    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    public ImmutableSortedDictionary<string, string> Parameters { get; init; } = NoParameters;

    internal static ImmutableSortedDictionary<string, string> NoParameters { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The <c>name</c> parameter, which selects the pins of this entry; empty when there is none.</summary>
    public string Name => Parameter("name") ?? "";

    /// <summary>What the downloaded file is called: <c>downloadfilename</c>, or the last part of the path.</summary>
    public string FileName => Parameter("downloadfilename") ?? Path[(Path.TrimEnd('/').LastIndexOf('/') + 1)..].TrimEnd('/');

    public bool IsGit => Scheme is "git" or "gitsm";

    /// <summary>
    /// The address without BitBake's parameters, and for git with the transport that <c>protocol</c> names.
    /// For messages: a password is left out.
    /// </summary>
    public string Address => Format(Transport, NoParameters, "");

    /// <summary>As <see cref="Address"/>, with the password: for the server only.</summary>
    internal string AddressWithPassword => Format(Transport, NoParameters, Password);

    private string Transport => IsGit ? GitProtocol : Scheme;

    private string GitProtocol => Parameter("protocol") ?? (Host.Length == 0 ? "file" : "git");

    public string? Parameter(string name) => Parameters.GetValueOrDefault(name);

    /// <summary>BitBake's truth: <c>1</c>, <c>yes</c>, <c>true</c> and <c>on</c> in any case; <paramref name="otherwise"/> when absent.</summary>
    public bool Flag(string name, bool otherwise) => Parameter(name)?.ToLowerInvariant() switch
    {
        null => otherwise,
        "1" or "y" or "yes" or "t" or "true" or "on" => true,
        _ => false,
    };

    /// <exception cref="FormatException">Not a URI in BitBake's sense; the message says why.</exception>
    public static SourceUri Parse(string text) => TryParse(text, out var uri, out var problem) ? uri : throw new FormatException(problem);

    /// <summary>False with the reason when the text is not a URI in BitBake's sense.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SourceUri? uri, [NotNullWhen(false)] out string? problem)
    {
        (uri, problem) = (null, null);
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0 || text.AsSpan(0, scheme).Contains(';'))
        {
            problem = $"'{text}' has no scheme such as https:// or file://";
            return false;
        }

        var rest = text[(scheme + 3)..];
        var semicolon = rest.IndexOf(';', StringComparison.Ordinal);
        var location = semicolon < 0 ? rest : rest[..semicolon];
        if (location.Length == 0)
        {
            problem = $"'{text}' names no place after the scheme";
            return false;
        }
        if (!TryParseParameters(text, semicolon < 0 ? "" : rest[(semicolon + 1)..], out var parameters, out problem)) return false;
        uri = Split(text[..scheme], location, parameters);
        return true;
    }

    /// <summary>As BitBake writes it, parameters in ordinal order, without a password.</summary>
    public override string ToString() => Format(Scheme, Parameters, "");

    private static bool TryParseParameters(
        string text, string tail, out ImmutableSortedDictionary<string, string> parameters, [NotNullWhen(false)] out string? problem)
    {
        (parameters, problem) = (NoParameters, null);
        foreach (var part in tail.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                problem = $"'{part}' in '{text}' is not of the form name=value";
                return false;
            }
            parameters = parameters.SetItem(part[..equals].Trim(), part[(equals + 1)..].Trim());
        }
        return true;
    }

    private static SourceUri Split(string scheme, string location, ImmutableSortedDictionary<string, string> parameters)
    {
        if (scheme is "file") return new() { Scheme = scheme, Host = "", Path = Uri.UnescapeDataString(location), Parameters = parameters };

        var (user, password) = ("", "");
        var slash = location.IndexOf('/', StringComparison.Ordinal);
        var authority = slash < 0 ? location : location[..slash];
        if (authority.LastIndexOf('@') is >= 0 and var at)
        {
            var credentials = authority[..at].Split(':', 2);
            (user, password) = (credentials[0], credentials.Length > 1 ? credentials[1] : "");
            authority = authority[(at + 1)..];
        }
        return new()
        {
            Scheme = scheme, Host = authority, Path = slash < 0 ? "/" : Uri.UnescapeDataString(location[slash..]),
            User = user, Password = password, Parameters = parameters,
        };
    }

    private string Format(string scheme, ImmutableSortedDictionary<string, string> parameters, string password)
    {
        var text = new StringBuilder(scheme).Append("://");
        if (User.Length > 0) text.Append(User).Append(password.Length > 0 ? ":" + password : "").Append('@');
        text.Append(Host).Append(scheme is "file" || IsGit ? Path : Escape(Path));
        foreach (var (name, value) in parameters) text.Append(';').Append(name).Append('=').Append(value);
        return text.ToString();
    }

    /// <summary>Only what HTTP cannot carry is escaped again: a path such as <c>/~user/a+b</c> must stay as upstream wrote it.</summary>
    private static string Escape(string path)
    {
        var text = new StringBuilder(path.Length);
        foreach (var b in Encoding.UTF8.GetBytes(path))
            if (b is > 0x20 and < 0x7f and not (byte)'%' and not (byte)'"' and not (byte)'<' and not (byte)'>') text.Append((char)b);
            else text.Append('%').Append(b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
