using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Compliance;

/// <summary>What differs between two images by their SBOMs.</summary>
public sealed record StatementComparison
{
    /// <summary><c>name version (licence)</c>.</summary>
    public required ImmutableArray<string> Added { get; init; }

    public required ImmutableArray<string> Removed { get; init; }

    public required ImmutableArray<StatedChange> Changed { get; init; }

    [JsonIgnore]
    public bool IsEmpty => Added.IsEmpty && Removed.IsEmpty && Changed.IsEmpty;

    public static StatementComparison Of(StatedImage before, StatedImage after)
    {
        var (old, current) = (ByName(before), ByName(after));
        return new()
        {
            Added = [.. current.Values.Where(p => !old.ContainsKey(p.Name)).Select(Shown)],
            Removed = [.. old.Values.Where(p => !current.ContainsKey(p.Name)).Select(Shown)],
            Changed = [.. current.Values.Where(p => old.ContainsKey(p.Name)).SelectMany(p => Changes(old[p.Name], p)), .. Sources(before, after)],
        };
    }

    public string Text()
    {
        var text = new StringBuilder();
        foreach (var package in Added) text.Append("+ ").Append(package).Append('\n');
        foreach (var package in Removed) text.Append("- ").Append(package).Append('\n');
        foreach (var change in Changed) text.Append(change).Append('\n');
        return IsEmpty ? "no difference\n" : text.ToString();
    }

    public string Json() => JsonSerializer.Serialize(this, ComplianceJson.Default.StatementComparison) + "\n";

    private static ImmutableSortedDictionary<string, StatedPackage> ByName(StatedImage image) =>
        image.Packages.DistinctBy(p => p.Name, StringComparer.Ordinal).ToImmutableSortedDictionary(p => p.Name, p => p, StringComparer.Ordinal);

    private static string Shown(StatedPackage package) => $"{package.Name} {package.Version} ({package.License})";

    private static IEnumerable<StatedChange> Changes(StatedPackage before, StatedPackage after)
    {
        if (before.Version != after.Version) yield return new(after.Name, "version", before.Version, after.Version);
        if (before.License != after.License) yield return new(after.Name, "licence", before.License, after.License);
        var files = before.Files.Keys.Union(after.Files.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);
        foreach (var path in files)
            if (before.Files.GetValueOrDefault(path) is var old && after.Files.GetValueOrDefault(path) is var current && old != current)
                yield return new(after.Name, path, old ?? "", current ?? "");
    }

    private static IEnumerable<StatedChange> Sources(StatedImage before, StatedImage after)
    {
        var old = before.Recipes.DistinctBy(r => r.Name, StringComparer.Ordinal).ToDictionary(r => r.Name, r => r.Sources, StringComparer.Ordinal);
        foreach (var recipe in after.Recipes)
            if (old.TryGetValue(recipe.Name, out var sources) && !sources.SequenceEqual(recipe.Sources))
                yield return new(recipe.Name, "sources", Joined(sources.Except(recipe.Sources)), Joined(recipe.Sources.Except(sources)));

        static string Joined(IEnumerable<StatedSource> sources) => string.Join(", ", sources.Select(s => s.Name));
    }
}
