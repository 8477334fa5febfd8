using System.Collections.Immutable;

namespace Strata.Cache;

/// <summary>The statements of one <c>.sql</c> resource by name: each follows a line <c>-- name: NAME</c>.</summary>
internal sealed class SqlScript
{
    private const string Mark = "-- name: ";

    private readonly ImmutableDictionary<string, string> _statements;

    private SqlScript(ImmutableDictionary<string, string> statements) => _statements = statements;

    public string this[string name] => _statements[name];

    /// <param name="resource">Name of the file with extension, without its folder.</param>
    public static SqlScript Load(string resource)
    {
        using var stream = typeof(SqlScript).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not embedded");
        using var reader = new StreamReader(stream);
        var sections = ("\n" + reader.ReadToEnd()).Split("\n" + Mark, StringSplitOptions.RemoveEmptyEntries);
        return new(sections.Select(s => s.Split('\n', 2)).ToImmutableDictionary(s => s[0].Trim(), s => s[1].Trim(), StringComparer.Ordinal));
    }
}
