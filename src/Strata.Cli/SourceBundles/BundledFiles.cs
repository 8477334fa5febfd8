using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Strata.Cli.Builtins;
using Strata.Core;
using Strata.Fetch;
using Strata.Metadata;

namespace Strata.Cli.SourceBundles;

/// <summary>Which files of layers go into a bundle: all of them, or those that some recipes are made with.</summary>
internal static partial class BundledFiles
{
    /// <summary>What every recipe is made with.</summary>
    private static readonly string[] s_shared = ["classes", "classes-global", "classes-recipe", "conf", "lib"];

    /// <summary>Names below a layer in ordinal order: what its repository tracks or could; everything where it is in none.</summary>
    /// <param name="without">Absolute directories of this build, which can lie below a layer.</param>
    public static ImmutableArray<string> Of(string layer, params ReadOnlySpan<string> without)
    {
        ImmutableArray<string> names = [];
        if (RepositoryOf(layer) is { } root)
        {
            var below = root == layer ? "" : Path.GetRelativePath(root, layer) + "/";
            names = [.. WorkTree.Files(root).Where(n => n.StartsWith(below, StringComparison.Ordinal)).Select(n => n[below.Length..])];
        }
        // A repository that ignores the layer says nothing of it.
        if (names.IsEmpty) names = WorkTree.Files(layer);
        var excluded = without.ToArray();
        return [.. names.Where(n => !excluded.Any(e => IsBelow(Path.Combine(layer, n), e)))];
    }

    /// <summary>Absolute files that these recipes are made with, beside what all share: themselves, what they require, and their own sources.</summary>
    public static ImmutableSortedSet<string> UsedBy(IEnumerable<Recipe> recipes)
    {
        var used = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var recipe in recipes)
        {
            foreach (var file in recipe.Appends.Prepend(recipe.File)) AddWithRequired(Path.GetFullPath(file), recipe, used);
            if (SourcePlan.Create(SourceRequests.Of(recipe), new()) is not { } plan) continue;
            foreach (var local in plan.Sources.OfType<LocalFile>())
                used.UnionWith(Directory.Exists(local.Path) ? Directory.EnumerateFiles(local.Path, "*", SearchOption.AllDirectories) : [local.Path]);
        }
        return used.ToImmutable();
    }

    /// <param name="name">Below a layer.</param>
    public static bool IsShared(string name) => !name.Contains('/') || s_shared.Contains(name[..name.IndexOf('/', StringComparison.Ordinal)]);

    public static bool IsBelow(string path, string directory) => path.StartsWith(directory.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static string? RepositoryOf(string directory)
    {
        for (var at = new DirectoryInfo(directory); at is not null; at = at.Parent)
            if (Path.Exists(Path.Combine(at.FullName, ".git"))) return at.FullName;
        return null;
    }

    private static void AddWithRequired(string file, Recipe recipe, ImmutableSortedSet<string>.Builder used)
    {
        if (!File.Exists(file) || !used.Add(file)) return;
        foreach (var name in RequiredLine().Matches(File.ReadAllText(file)).SelectMany(m => Words.Of(Expanded(m.Groups["files"].Value, recipe))))
            foreach (var place in Words.Of(recipe.Get("BBPATH")?.Replace(':', ' ')).Prepend(Path.GetDirectoryName(file)!))
                AddWithRequired(Path.GetFullPath(name, place), recipe, used);
    }

    /// <summary>What cannot be expanded names no file.</summary>
    private static string Expanded(string text, Recipe recipe)
    {
        try
        {
            return recipe.Variables.Expand(text);
        }
        catch (ExpansionException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"^\s*(require|include)\s+(?<files>\S.*)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex RequiredLine();
}
