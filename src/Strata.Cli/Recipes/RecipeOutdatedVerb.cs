using System.Collections.Immutable;
using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Builtins;
using Strata.Cli.Usage;
using Strata.Cli.Verbs;
using Strata.Fetch;
using Strata.Metadata;

namespace Strata.Cli.Recipes;

[Verb("recipe outdated", HelpText = "Say for which recipes upstream has newer versions: tags of repositories, listings of files, UPSTREAM_CHECK_URI and UPSTREAM_CHECK_REGEX.")]
[Examples("strata recipe outdated", "strata recipe outdated hello --json")]
public sealed record RecipeOutdatedVerb : AnswerVerb
{
    /// <summary>At once: more only makes servers angry.</summary>
    private const int Questions = 4;

    [Value(0, MetaName = "RECIPE", HelpText = "Names of recipes (default: all that fetch something).")]
    public IEnumerable<string> Recipes { get; init; } = [];

    protected override async Task<ExitCode> AnswerAsync(Question question, CancellationToken cancel)
    {
        if (Recipes.FirstOrDefault(n => question.Metadata.Recipes.All(r => r.Name != n)) is { } unknown) return question.Refuse(question.UnknownRecipe(unknown));
        using var tools = SourceTools.Open(question.Workspace, question.Metadata.Configuration, question.Context.Environment, new());
        var recipes = question.Metadata.Recipes.Where(r => r.SkipReason is null && (!Recipes.Any() || Recipes.Contains(r.Name))).DistinctBy(r => r.File)
            .Where(r => SourceOf(r) is not null).OrderBy(r => r.Name, StringComparer.Ordinal).ThenBy(r => r.File, StringComparer.Ordinal).ToArray();
        var answers = new OutdatedRecipe[recipes.Length];
        await Parallel.ForAsync(0, recipes.Length, new ParallelOptions { MaxDegreeOfParallelism = Questions, CancellationToken = cancel },
            async (i, stop) => answers[i] = await AskAsync(recipes[i], tools.Fetcher, stop));
        return question.Answer([.. answers], AnswerJson.Readable.ImmutableArrayOutdatedRecipe, Text);
    }

    /// <summary>The first entry of SRC_URI that is fetched; null when there is none.</summary>
    internal static SourceUri? SourceOf(Recipe recipe) => SourcePlan.PinnedSources(SourceRequests.Of(recipe)).FirstOrDefault()?.Uri;

    internal static async Task<OutdatedRecipe> AskAsync(Recipe recipe, Fetcher fetcher, CancellationToken cancel)
    {
        var version = recipe.Get("PV") ?? "";
        try
        {
            var found = await UpstreamVersions.FindAsync(SourceOf(recipe)!, recipe.Variables.Get, fetcher, cancel);
            var newest = found.Select(v => v.Version).MaxBy(v => PackageVersion.Parse(v));
            if (newest is null) return new(recipe.Name, version, "", false, "upstream lists no version");
            return new(recipe.Name, version, newest, PackageVersion.Parse(newest).CompareTo(PackageVersion.Parse(version)) > 0, "");
        }
        catch (SourceException failure)
        {
            return new(recipe.Name, version, "", false, failure.Problem.Message);
        }
        catch (ArgumentException e)
        {
            return new(recipe.Name, version, "", false, $"the expression for versions is wrong: {e.Message}");
        }
    }

    private static string Text(ImmutableArray<OutdatedRecipe> recipes) =>
        TextTable.Of(recipes.Where(r => r.IsOutdated || r.Problem.Length > 0)
            .Select(r => new[] { r.Recipe, r.Version, r.IsOutdated ? $"→ {r.Newest}" : "?", r.Problem }))
        + $"{recipes.Count(r => r.IsOutdated)} of {recipes.Length} recipes are outdated\n";
}
