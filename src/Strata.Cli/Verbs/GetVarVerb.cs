using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("getvar", HelpText = "Print the final value of a variable, and where it came from.")]
[Examples(
    "strata getvar MACHINE",
    "strata getvar SRC_URI -r busybox",
    "strata getvar CFLAGS -r busybox --history   # who set it, and which override won",
    "strata getvar do_compile -r busybox --flag depends")]
public sealed record GetVarVerb : AnswerVerb
{
    [Value(0, MetaName = "VARIABLE", Required = true, HelpText = "For instance SRC_URI, or do_compile[depends] for a flag.")]
    public string Variable { get; init; } = "";

    [Option('r', "recipe", MetaValue = "RECIPE", HelpText = "Ask this recipe (default: the configuration).")]
    public string? Recipe { get; init; }

    [Option("history", HelpText = "Also print every assignment with its place, and what became of it.")]
    public bool History { get; init; }

    [Option("raw", HelpText = "The text before references are replaced.")]
    public bool Raw { get; init; }

    [Option("flag", MetaValue = "FLAG", HelpText = "Ask for a flag of the variable.")]
    public string? Flag { get; init; }

    protected override string? AskedRecipe => Recipe ?? "";

    protected override ExitCode Answer(Question question, CancellationToken cancel)
    {
        var recipe = Recipe is null ? null : question.FindRecipe(Recipe, cancel);
        if (Recipe is not null && recipe is null) return question.Refuse(question.UnknownRecipe(Recipe));

        var variables = recipe?.Variables ?? question.Metadata.Configuration;
        var (name, flag) = Variable.Split('[', 2) is [var bare, var inner] ? (bare, inner.TrimEnd(']')) : (Variable, Flag);
        var value = flag is null ? variables.Get(name) : variables.GetFlag(name, flag);
        if (question.Json) return question.Answer(Explained(), () => AnswerJson.Readable.VariableAnswer, _ => "");
        if (History) question.Context.Output.Write(VariableText.History(Explained()));
        if (value is null)
            return question.Refuse(flag is null ? AnswerRules.NoVariable(name, recipe?.Name ?? "the configuration", variables.Names)
                : AnswerRules.NoFlag(name, flag, variables.FlagNames(name)), ExitCode.BuildFailed);
        question.Context.Output.Write((Raw ? VariableHistory.Unexpanded(variables, name, flag) : value) + "\n");
        return ExitCode.Success;

        VariableAnswer Explained() => new VariableHistory(question, variables, name).Answer(flag, recipe?.Name, value);
    }
}
