using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Strata.Metadata;

namespace Strata.Cli.Recipes;

/// <summary>Which recipe of the workspace provides what a build file asks for.</summary>
internal sealed partial class RecipeNames(LoadedMetadata metadata)
{
    /// <summary>Stands for what every build has anyway.</summary>
    public const string Always = "-";

    private static readonly ILookup<string, string> s_known = ProgramText.Read("upstream-names.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(l => l[0] != '#').Select(l => l.Split(' ')).ToLookup(w => w[0], w => w[1], StringComparer.Ordinal);

    private readonly ImmutableSortedSet<string> _recipes = [.. metadata.Recipes.Where(r => r.SkipReason is null)
        .SelectMany(r => Words.Of(r.Get("PROVIDES")).Append(r.Name)).Distinct(StringComparer.Ordinal)];

    public bool Has(string recipe) => _recipes.Contains(recipe);

    /// <summary><see cref="Always"/>, the name of a recipe, or null when there is none.</summary>
    public string? Find(string need)
    {
        var name = need.ToLowerInvariant();
        if (s_known[name].FirstOrDefault(r => r == Always || Has(r)) is { } known) return known;
        return Spellings(name).FirstOrDefault(Has);
    }

    private static IEnumerable<string> Spellings(string name)
    {
        var bare = VersionSuffix().Replace(name, "");
        var major = VersionSuffix().Match(name).Groups["major"].Value;
        string[] forms = [name, name.Replace('_', '-'), $"{bare}{major}", bare, bare.Split('_')[0]];
        return forms.SelectMany(f => new[] { f, $"lib{f}", f.StartsWith("lib", StringComparison.Ordinal) ? f[3..] : f }).Where(f => f.Length > 0);
    }

    /// <summary><c>libxml-2.0</c>, <c>libpcre2-8</c>, <c>expat1</c>.</summary>
    [GeneratedRegex(@"-?(?<major>[0-9]+)(\.[0-9]+)*\z")]
    private static partial Regex VersionSuffix();
}
