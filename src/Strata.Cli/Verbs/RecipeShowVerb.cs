using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("recipe show", HelpText = "Show a recipe: version, layer, appends, licence, dependencies, packages, sources with their pins, classes, tasks.")]
[Examples("strata recipe show busybox", "strata recipe show virtual/libc   # the recipe that provides it", "strata recipe show busybox --json")]
public sealed record RecipeShowVerb : AnswerVerb
{
    [Value(0, MetaName = "RECIPE", Required = true, HelpText = "Name of a recipe, or of something that one provides.")]
    public string Recipe { get; init; } = "";

    protected override string? AskedRecipe => Recipe;

    protected override ExitCode Answer(Question question, CancellationToken cancel) =>
        question.FindRecipe(Recipe, cancel) is { } recipe
            ? question.Answer(RecipeReader.Read(recipe, question), AnswerJson.Readable.RecipeAnswer, RecipeText.Of)
            : question.Refuse(question.UnknownRecipe(Recipe));
}
