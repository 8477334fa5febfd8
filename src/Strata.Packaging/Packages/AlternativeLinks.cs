using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>
/// Makes room for the links of alternatives: what lies at a link's own path is renamed to <c>LINK.RECIPE</c>, and a link that only
/// points at the target is dropped, because the root file system makes it.
/// </summary>
internal static class AlternativeLinks
{
    public static ImmutableArray<Alternative> Apply(
        InstallEntry root, int index, PackageSpec package, string recipe, SourceSpan place, Diagnostics diagnostics)
    {
        var entries = root.Subtree().Where(e => e.Package == index).ToDictionary(e => e.Path, StringComparer.Ordinal);
        var alternatives = ImmutableArray.CreateBuilder<Alternative>();
        foreach (var text in package.Alternatives)
        {
            if (!Alternative.TryParse(text, out var alternative)) diagnostics.Add(PackagingRules.BadAlternative(place, package.Name, text));
            else if (alternative.Name == "*" && entries.ContainsKey(alternative.Target)) alternatives.AddRange(EveryLinkTo(alternative, entries, recipe));
            else if (MakeRoom(alternative, entries, recipe) is { } offered) alternatives.Add(offered);
            else diagnostics.Add(PackagingRules.AlternativeMissing(place, package.Name, alternative));
        }
        return [.. alternatives.OrderBy(a => a.Link, StringComparer.Ordinal).ThenBy(a => a.Target, StringComparer.Ordinal)];
    }

    /// <summary>For programs with many names, which depend on how they were configured.</summary>
    private static ImmutableArray<Alternative> EveryLinkTo(Alternative all, Dictionary<string, InstallEntry> entries, string recipe) =>
    [
        .. entries.Values
            .Where(e => e.Target is { } target && RootfsPath.Follow(e.Path, target) == all.Target)
            .Select(e => new Alternative(Path.GetFileName(e.Path), e.Path, all.Target, all.Priority))
            .ToImmutableArray()
            .Select(a => MakeRoom(a, entries, recipe)!),
    ];

    /// <summary>The alternative with its final target; null when the package has no such target.</summary>
    private static Alternative? MakeRoom(Alternative alternative, Dictionary<string, InstallEntry> entries, string recipe)
    {
        var renamed = $"{alternative.Link}.{recipe}";
        var atLink = entries.GetValueOrDefault(alternative.Link);
        if (alternative.Target == alternative.Link)
        {
            if (atLink is null && !entries.ContainsKey(renamed)) return null;
            if (atLink is not null) Rename(atLink, renamed, entries);
            return alternative with { Target = renamed };
        }

        if (!entries.ContainsKey(alternative.Target)) return null;
        if (atLink is { Kind: FileKind.SymbolicLink })
        {
            atLink.IsDropped = true;
            entries.Remove(alternative.Link);
        }
        else if (atLink is { IsDirectory: false }) Rename(atLink, renamed, entries);
        return alternative;
    }

    private static void Rename(InstallEntry entry, string path, Dictionary<string, InstallEntry> entries)
    {
        entries.Remove(entry.Path);
        entry.Path = path;
        entries[path] = entry;
    }
}
