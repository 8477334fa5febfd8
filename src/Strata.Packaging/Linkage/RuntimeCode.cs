using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>What a compiler that is no recipe of ours brings into programs.</summary>
/// <param name="Patterns">Globs of file names of archives and object files.</param>
public sealed record RuntimeCode(string Name, string License, ImmutableArray<string> Patterns)
{
    /// <summary>Reads <c>NAME = LICENCE = GLOBS; …</c>; what has another form is left out.</summary>
    public static ImmutableArray<RuntimeCode> ParseList(string text) =>
        [.. text.Split(';').Select(e => e.Split('=', StringSplitOptions.TrimEntries)).Where(p => p.Length == 3)
                .Select(p => new RuntimeCode(p[0], p[1], [.. p[2].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)]))];

    internal bool Has(string path) => Patterns.Any(p => NamePattern.IsMatch(p, Path.GetFileName(path)));
}
