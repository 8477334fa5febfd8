using System.Collections.Immutable;
using Strata.Cli.Answers;
using Strata.Cli.Builtins;
using Strata.Core;
using Strata.Fetch;

namespace Strata.Cli.Recipes;

/// <summary>Looks at sources and drafts the recipe that builds them.</summary>
internal sealed class RecipeWriter(Question question, SourceTools tools)
{
    private SourceTree? _tree;

    /// <summary>What is worth saying beside the recipe: dependencies that were left out, and what a person has to decide.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Places are the recipe's once it has one.</summary>
    public List<Func<SourceSpan, Diagnostic>> Problems { get; } = [];

    /// <exception cref="SourceException">The sources cannot be fetched or unpacked.</exception>
    /// <exception cref="FormatException">The address is none.</exception>
    public async Task<RecipeDraft?> DraftAsync(string address, string? name, string? version, CancellationToken cancel)
    {
        var source = await NewSource.FindAsync(address, version, tools, cancel);
        using var fetched = await FetchedTree.OfAsync(source.Plan, tools, cancel);
        var draft = Draft(fetched.Root, address, source.Homepage, name ?? source.Name?.Name, version ?? source.Name?.Version, [$"SRC_URI = \"{source.Entry}\"", .. source.Pins]);
        if (draft is null) return null;
        var below = Path.GetRelativePath(fetched.Top, _tree!.Directory);
        var usual = $"{draft.Name}-{draft.Version}";
        var directory = below == usual || below.StartsWith(usual + "/", StringComparison.Ordinal) ? "${BP}" + below[usual.Length..] : below.Replace(draft.Version, "${PV}", StringComparison.Ordinal);
        return draft with { SourceDirectory = directory == "${BP}" ? "" : $"${{UNPACKDIR}}/{directory}" };
    }

    /// <summary>Sources under development: the recipe builds what lies in the directory.</summary>
    public RecipeDraft? DraftOfDirectory(string directory, string? name, string? version, string recipeDirectory)
    {
        var found = UpstreamName.OfTag(Path.GetFileName(directory));
        var relative = Path.GetRelativePath(recipeDirectory, directory);
        return Draft(directory, directory, "", name ?? found?.Name, version ?? found?.Version, [$"EXTERNALSRC = \"${{THISDIR}}/{relative}\""]) is { } draft
            ? draft with { Build = draft.Build with { Classes = draft.Build.Classes.Add("externalsrc") }, SourceDirectory = _tree!.Directory == directory ? "" : $"${{UNPACKDIR}}/${{BP}}/{Path.GetRelativePath(directory, _tree.Directory)}" }
            : null;
    }

    private RecipeDraft? Draft(string root, string source, string homepage, string? name, string? version, ImmutableArray<string> sources)
    {
        _tree = SourceTree.Find(root, name ?? "");
        if (_tree is null) return Refuse(RecipeRules.NoBuildSystem(source));
        var facts = ProjectFacts.Read(_tree);
        if (string.IsNullOrEmpty(name)) name = facts.Name;
        if (string.IsNullOrEmpty(version)) version = facts.Version;
        if (name.Length == 0 || version.Length == 0 || !char.IsAsciiDigit(version[0])) return Refuse(RecipeRules.NoVersion(source));

        var evidence = LicenseEvidence.Find(_tree, facts.License);
        if (evidence.License is null || evidence.Files.IsEmpty) Problems.Add(place => RecipeRules.LicenseUnknown(place, name, !evidence.Files.IsEmpty));
        var build = BuildWords.Of(_tree, name);
        var (depends, switches) = Depends(_tree, name, build);
        var words = string.Join(' ', build.ConfigureWords.Concat(switches).Distinct(StringComparer.Ordinal));
        if (words.Length > 0) build = build with { Lines = [$"EXTRA_OECONF = \"{words}\"", .. build.Lines] };
        return new()
        {
            Name = name,
            Version = version,
            Summary = facts.Summary,
            Homepage = facts.Homepage.Length > 0 ? facts.Homepage : homepage,
            Evidence = evidence,
            Sources = sources,
            SourceDirectory = "",
            Depends = [.. build.Depends, .. depends],
            Build = build,
            Crates = _tree.Kind is BuildSystem.Cargo ? CratePins.Of(_tree) : "",
        };
    }

    /// <summary>The recipes that the build needs, and the words for configure that do without what no recipe offers.</summary>
    private (ImmutableSortedSet<string> Recipes, ImmutableArray<string> Switches) Depends(SourceTree tree, string name, BuildWords build)
    {
        var names = new RecipeNames(question.Metadata);
        var depends = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var switches = ImmutableArray.CreateBuilder<string>();
        var needs = NeedReader.Read(tree).Select(n => (Need: n, Recipe: names.Find(n.Name))).Where(n => n.Recipe is not RecipeNames.Always && n.Recipe != name).ToArray();
        foreach (var (need, recipe) in needs)
        {
            // What is looked for under several names is optional under each of them, and hardly as a whole.
            var isTool = need.Name.EndsWith(NeedReader.ToolSuffix, StringComparison.Ordinal);
            if (isTool && recipe is null) continue;
            var isRequired = need.IsRequired || isTool || (recipe is not null && needs.Count(n => n.Recipe == recipe) > 1);
            if (!isRequired) Notes.Add($"optional: {need.Name}{(recipe is null ? "" : $" (recipe {recipe})")}");
            else if (recipe is null && need.Switch.Length > 0) switches.Add(need.Switch);
            else if (recipe is null) Problems.Add(place => RecipeRules.NoRecipeFor(place, need.Name));
            else depends.Add(recipe);
        }
        depends.ExceptWith(build.Depends);
        return (depends.ToImmutable(), switches.ToImmutable());
    }

    private RecipeDraft? Refuse(Diagnostic problem)
    {
        Problems.Add(_ => problem);
        return null;
    }
}
