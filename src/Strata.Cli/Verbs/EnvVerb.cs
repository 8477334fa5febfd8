using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("env", HelpText = "Print all variables and functions of a recipe or of the configuration, in the form of bitbake -e.")]
[Examples("strata env | grep ^DISTRO", "strata env -r busybox", "strata env -r busybox --json")]
public sealed record EnvVerb : AnswerVerb
{
    [Option('r', "recipe", MetaValue = "RECIPE", HelpText = "Ask this recipe (default: the configuration).")]
    public string? Recipe { get; init; }

    protected override string? AskedRecipe => Recipe ?? "";

    protected override ExitCode Answer(Question question, CancellationToken cancel)
    {
        var recipe = Recipe is null ? null : question.FindRecipe(Recipe, cancel);
        if (Recipe is not null && recipe is null) return question.Refuse(question.UnknownRecipe(Recipe));
        var answer = EnvironmentReader.Read(recipe?.Variables ?? question.Metadata.Configuration, recipe?.Name, cancel);
        return question.Answer(answer, AnswerJson.Readable.EnvironmentAnswer, EnvironmentText.Of);
    }
}
