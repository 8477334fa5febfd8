using CommandLine;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("completion", HelpText = "Print a script that completes commands, options, recipes and layers in your shell.")]
[Examples("source <(strata completion bash)", "strata completion fish > ~/.config/fish/completions/strata.fish")]
public sealed record CompletionVerb : VerbOptions, IVerb
{
    private static readonly string[] s_shells = ["bash", "zsh", "fish"];

    [Value(0, MetaName = "bash|zsh|fish", Required = true, HelpText = "The shell.")]
    public string Shell { get; init; } = "";

    public Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var verbs = CommandLineInterface.Definitions.ToArray();
        if (!s_shells.Contains(Shell))
        {
            context.Error.WriteLine(UsageRules.UnknownShell(Shell, s_shells));
            return Task.FromResult(ExitCode.Usage);
        }
        context.Output.Write(Shell switch
        {
            "bash" => BashCompletion.Script(verbs),
            "zsh" => ZshCompletion.Script(verbs),
            _ => FishCompletion.Script(verbs),
        });
        return Task.FromResult(ExitCode.Success);
    }
}
