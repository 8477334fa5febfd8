using CommandLine;
using CommandLine.Text;
using Strata.Cli.Verbs;

namespace Strata.Cli;

/// <summary>From arguments to exit code.</summary>
public static class CommandLineInterface
{
    private static readonly (string Name, Type Type)[] s_verbs =
    [
        ("build", typeof(BuildVerb)),
        ("run", typeof(RunVerb)),
        ("why", typeof(WhyVerb)),
        ("getvar", typeof(GetVarVerb)),
        ("graph", typeof(GraphVerb)),
        ("cache", typeof(CacheVerb)),
        ("doctor", typeof(DoctorVerb)),
    ];

    public static async Task<ExitCode> RunAsync(string[] args, CommandContext context, CancellationToken cancel)
    {
        if (args is [var first, ..] && !first.StartsWith('-') && first != "help" && s_verbs.All(v => v.Name != first))
        {
            context.Error.WriteLine(CliRules.UnknownVerb(first, s_verbs.Select(v => v.Name)));
            return ExitCode.Usage;
        }
        using var parser = new Parser(settings => settings.HelpWriter = null);
        var result = parser.ParseArguments(args, [.. s_verbs.Select(v => v.Type)]);
        try
        {
            return result is Parsed<object> { Value: IVerb verb } ? await verb.RunAsync(context, cancel) : ShowHelp(result, context);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception bug)
        {
            context.Error.WriteLine($"internal error, please report it:\n{bug}");
            return ExitCode.InternalError;
        }
    }

    private static ExitCode ShowHelp(ParserResult<object> result, CommandContext context)
    {
        var errors = ((NotParsed<object>)result).Errors.ToArray();
        var version = $"strata {typeof(CommandLineInterface).Assembly.GetName().Version?.ToString(3)}";
        if (errors.Any(e => e.Tag is ErrorType.VersionRequestedError))
        {
            context.Output.WriteLine(version);
            return ExitCode.Success;
        }
        var help = HelpText.AutoBuild(result, text =>
        {
            text.Heading = $"{version}: builds images from layers of recipes";
            text.Copyright = "";
            text.AdditionalNewLineAfterOption = false;
            text.MaximumDisplayWidth = 120;
            return HelpText.DefaultParsingErrorsHandler(result, text);
        }, example => example, verbsIndex: result.TypeInfo.Current == typeof(NullInstance));
        var asked = errors.All(e => e.Tag is ErrorType.HelpRequestedError or ErrorType.HelpVerbRequestedError);
        (asked ? context.Output : context.Error).WriteLine(help);
        return asked ? ExitCode.Success : ExitCode.Usage;
    }
}
