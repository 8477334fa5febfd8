using CommandLine;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

[Verb("getvar", HelpText = "Print the final value of a variable, and where it came from.")]
public sealed record GetVarVerb : WorkspaceVerb
{
    [Value(0, MetaName = "VARIABLE", Required = true, HelpText = "For instance SRC_URI, or do_compile[depends] for a flag.")]
    public string Variable { get; init; } = "";

    [Option('r', "recipe", MetaValue = "RECIPE", HelpText = "Ask this recipe (default: the configuration).")]
    public string? Recipe { get; init; }

    [Option("history", HelpText = "Also print every assignment with its place.")]
    public bool History { get; init; }

    protected override Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Console(context, events, printsData: true);
        var session = new Session(workspace, context.Environment, events);
        if (session.Load(cancel) is not { } metadata) return Task.FromResult(ExitCode.BadMetadata);
        if (Find(metadata) is not { } variables)
        {
            events.Publish(new DiagnosticReported(CliRules.UnknownRecipe(Recipe!, metadata.Recipes.Select(r => r.Name))));
            return Task.FromResult(ExitCode.Usage);
        }
        if (History)
            foreach (var assignment in variables.History(BareName)) context.Output.WriteLine(Line(assignment));
        if (Value(variables) is not { } value) return Task.FromResult(ExitCode.BuildFailed);
        context.Output.WriteLine(value);
        return Task.FromResult(ExitCode.Success);
    }

    private static string Line(Assignment assignment) =>
        $"# {assignment.Place}: {(assignment.Flag is null ? "" : $"[{assignment.Flag}] ")}{assignment.Operator} \"{assignment.Text}\"";

    private int FlagStart => Variable.IndexOf('[', StringComparison.Ordinal);

    private string BareName => FlagStart < 0 ? Variable : Variable[..FlagStart];

    private Datastore? Find(LoadedMetadata metadata) =>
        Recipe is null ? metadata.Configuration : metadata.Recipes.FirstOrDefault(r => r.Name == Recipe)?.Variables;

    private string? Value(Datastore variables) =>
        FlagStart < 0 ? variables.Get(Variable) : variables.GetFlag(BareName, Variable[(FlagStart + 1)..].TrimEnd(']'));
}
