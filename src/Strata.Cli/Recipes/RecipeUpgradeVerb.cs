using System.Collections.Immutable;
using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Builtins;
using Strata.Cli.Usage;
using Strata.Cli.Verbs;
using Strata.Core;
using Strata.Fetch;
using Strata.Metadata;

namespace Strata.Cli.Recipes;

[Verb("recipe upgrade", HelpText = "Move a recipe to another version: file name, digests, licence texts; says which patches do not apply any more.")]
[Examples("strata recipe upgrade hello   # to the newest version", "strata recipe upgrade hello 1.3")]
public sealed record RecipeUpgradeVerb : MetadataVerb
{
    [Value(0, MetaName = "RECIPE", Required = true, HelpText = "Name of a recipe whose file is called NAME_VERSION.bb.")]
    public string Recipe { get; init; } = "";

    [Value(1, MetaName = "VERSION", HelpText = "Which one (default: the newest that upstream has).")]
    public string? Version { get; init; }

    protected override async Task<ExitCode> AnswerAsync(Question question, CancellationToken cancel)
    {
        if (question.FindRecipe(Recipe, cancel) is not { } recipe) return question.Refuse(question.UnknownRecipe(Recipe));
        var (place, version) = (new SourceSpan(recipe.File), recipe.Get("PV") ?? "");
        if (!Path.GetFileName(recipe.File).Contains($"_{version}.", StringComparison.Ordinal)) return question.Refuse(RecipeRules.Unversioned(place, recipe.Name, "its file is not named by its version"));
        if (RecipeOutdatedVerb.SourceOf(recipe) is not { } source) return question.Refuse(RecipeRules.Unversioned(place, recipe.Name, "it fetches nothing"));

        using var tools = SourceTools.Open(question.Workspace, question.Metadata.Configuration, question.Context.Environment, new());
        try
        {
            var target = Version is not null && !source.IsGit ? new(Version, Version, "") : Choose(await UpstreamVersions.FindAsync(source, recipe.Variables.Get, tools.Fetcher, cancel));
            if (target is null) return question.Refuse(RecipeRules.NoUpstream(place, recipe.Name, Version is null ? "upstream lists none" : $"upstream has no {Version}"), ExitCode.BuildFailed);
            if (target.Version == version)
            {
                question.Context.Output.WriteLine($"{recipe.Name} is at {version} already");
                return ExitCode.Success;
            }
            var upgrade = new RecipeUpgrade(question, tools, recipe);
            var file = await upgrade.MoveAsync(target, cancel);
            foreach (var problem in upgrade.Problems) question.Events.Publish(new DiagnosticReported(problem));
            question.Context.Output.WriteLine($"{recipe.Name} {version} → {target.Version}: {question.Shown(file)}\nnext: strata build {recipe.Name}");
            return ExitCode.Success;
        }
        catch (SourceException failure)
        {
            return question.Refuse(failure.Problem, ExitCode.BuildFailed);
        }
        catch (ArgumentException e)
        {
            return question.Refuse(RecipeRules.NoUpstream(place, recipe.Name, e.Message));
        }
    }

    private UpstreamVersion? Choose(ImmutableArray<UpstreamVersion> found) =>
        found.Where(v => Version is null || v.Version == Version).MaxBy(v => PackageVersion.Parse(v.Version));
}
