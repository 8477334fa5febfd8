using CommandLine;
using Strata.Cli.Products;
using Strata.Cli.Recipes;
using Strata.Cli.Usage;
using Strata.Cli.Verbs;
using Strata.Core;

namespace Strata.Cli;

/// <summary>From arguments to exit code.</summary>
public static class CommandLineInterface
{
    private static readonly (string Name, Type Type)[] s_verbs =
    [
        ("init", typeof(InitVerb)),
        ("build", typeof(BuildVerb)),
        ("run", typeof(RunVerb)),
        ("serve", typeof(ServeVerb)),
        ("fetch", typeof(FetchVerb)),
        ("lock", typeof(LockVerb)),
        ("shell", typeof(ShellVerb)),
        ("why", typeof(WhyVerb)),
        ("key", typeof(KeyVerb)),
        ("getvar", typeof(GetVarVerb)),
        ("env", typeof(EnvVerb)),
        ("recipe list", typeof(RecipeListVerb)),
        ("recipe show", typeof(RecipeShowVerb)),
        ("recipe new", typeof(RecipeNewVerb)),
        ("recipe check", typeof(RecipeCheckVerb)),
        ("recipe upgrade", typeof(RecipeUpgradeVerb)),
        ("recipe outdated", typeof(RecipeOutdatedVerb)),
        ("layer list", typeof(LayerListVerb)),
        ("layer show", typeof(LayerShowVerb)),
        ("layer recipes", typeof(LayerRecipesVerb)),
        ("layer appends", typeof(LayerAppendsVerb)),
        ("layer overlaid", typeof(LayerOverlaidVerb)),
        ("layer classes", typeof(LayerClassesVerb)),
        ("layer deps", typeof(LayerDepsVerb)),
        ("layer create", typeof(LayerCreateVerb)),
        ("layer add", typeof(LayerAddVerb)),
        ("layer remove", typeof(LayerRemoveVerb)),
        ("layer check", typeof(LayerCheckVerb)),
        ("layer diff", typeof(LayerDiffVerb)),
        ("license audit", typeof(LicenseAuditVerb)),
        ("license diff", typeof(LicenseDiffVerb)),
        ("license sources", typeof(LicenseSourcesVerb)),
        ("cve check", typeof(CveCheckVerb)),
        ("image ls", typeof(ImageListVerb)),
        ("image inspect", typeof(ImageInspectVerb)),
        ("image tree", typeof(ImageTreeVerb)),
        ("image size", typeof(ImageSizeVerb)),
        ("image treemap", typeof(ImageTreemapVerb)),
        ("image diff", typeof(ImageDiffVerb)),
        ("image push", typeof(ImagePushVerb)),
        ("image pull", typeof(ImagePullVerb)),
        ("image copy", typeof(ImageCopyVerb)),
        ("image tag", typeof(ImageTagVerb)),
        ("image index", typeof(ImageIndexVerb)),
        ("image export", typeof(ImageExportVerb)),
        ("image key", typeof(ImageKeyVerb)),
        ("image sign", typeof(ImageSignVerb)),
        ("image verify", typeof(ImageVerifyVerb)),
        ("image attach", typeof(ImageAttachVerb)),
        ("product checkout", typeof(ProductCheckoutVerb)),
        ("product build", typeof(ProductBuildVerb)),
        ("product shell", typeof(ProductShellVerb)),
        ("product lock", typeof(ProductLockVerb)),
        ("product update", typeof(ProductUpdateVerb)),
        ("product diff", typeof(ProductDiffVerb)),
        ("product show", typeof(ProductShowVerb)),
        ("graph", typeof(GraphVerb)),
        ("cache", typeof(CacheVerb)),
        ("log", typeof(LogVerb)),
        ("history", typeof(HistoryVerb)),
        ("report", typeof(ReportVerb)),
        ("check", typeof(CheckVerb)),
        ("explain", typeof(ExplainVerb)),
        ("doctor", typeof(DoctorVerb)),
        ("completion", typeof(CompletionVerb)),
    ];

    /// <summary>Words that come before an action.</summary>
    private static readonly Dictionary<string, string> s_families = new(StringComparer.Ordinal)
    {
        ["cve"] = "Look up vulnerabilities:",
        ["image"] = "Look at finished images, move and sign them:",
        ["layer"] = "Look at the layers of the workspace and change them:",
        ["license"] = "Check and compare what images consist of, and hand out its sources:",
        ["product"] = "Put a product together from one file:",
        ["recipe"] = "Look at recipes, write new ones and keep them current:",
    };

    /// <summary>Every verb as its class declares it.</summary>
    internal static IEnumerable<VerbDefinition> Definitions => s_verbs.Select(v => VerbDefinition.Of(v.Type));

    internal static IEnumerable<Type> VerbTypes => s_verbs.Select(v => v.Type);

    private static string Version => $"strata {typeof(CommandLineInterface).Assembly.GetName().Version?.ToString(3)}";

    public static async Task<ExitCode> RunAsync(string[] args, CommandContext context, CancellationToken cancel)
    {
        try
        {
            return await DispatchAsync(WithVerbFirst(args), context, cancel);
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

    private static Task<ExitCode> DispatchAsync(string[] args, CommandContext context, CancellationToken cancel)
    {
        if (args is ["--version" or "version", ..]) return Print(context.Output, $"{Version}\n", ExitCode.Success);
        if (args is ["help", .. var asked]) args = [.. asked, "--help"];
        if (args is [] or ["--help" or "-h", ..])
            return Print(args is [] ? context.Error : context.Output, HelpPage.OfProgram(Version, s_verbs, s_families), args is [] ? ExitCode.Usage : ExitCode.Success);

        if (Find(args) is var (type, rest)) return RunVerbAsync(type, rest, context, cancel);
        return s_families.TryGetValue(args[0], out var summary)
            ? RunFamily(args, summary, context)
            : Refuse(context, CliRules.UnknownVerb(args[0], s_verbs.Select(v => v.Name.Split(' ')[0]).Distinct(StringComparer.Ordinal)));
    }

    /// <summary>A family without one of its actions: its help, or what a mistyped action may be.</summary>
    private static Task<ExitCode> RunFamily(string[] args, string summary, CommandContext context)
    {
        var actions = s_verbs.Where(v => v.Name.StartsWith($"{args[0]} ", StringComparison.Ordinal)).ToArray();
        if (args is [var family, [not '-', ..] action, ..]) return Refuse(context, CliRules.UnknownVerb($"{family} {action}", actions.Select(v => v.Name)));
        var help = HelpPage.OfFamily(args[0], summary, actions.Select(v => v.Type));
        return args is [_] ? Print(context.Error, help, ExitCode.Usage) : Print(context.Output, help, ExitCode.Success);
    }

    /// <summary>The verb of one or two words that the arguments begin with, and the others; null if there is none.</summary>
    private static (Type Type, string[] Arguments)? Find(string[] args)
    {
        foreach (var (name, type) in s_verbs)
        {
            if (name == args[0]) return (type, args[1..]);
            if (args.Length > 1 && name == $"{args[0]} {args[1]}") return (type, args[2..]);
        }
        return null;
    }

    private static Task<ExitCode> RunVerbAsync(Type type, string[] args, CommandContext context, CancellationToken cancel)
    {
        if (args.TakeWhile(a => a != "--").Any(a => a is "--help" or "-h")) return Print(context.Output, HelpPage.OfVerb(VerbDefinition.Of(type)), ExitCode.Success);

        // One plain word cannot be wrong here, and a build with nothing to do should not wait for this.
        if (args is not [[not '-', ..]] && ArgumentCheck.Problem(VerbDefinition.Of(type), args) is { } problem) return Refuse(context, problem);

        using var parser = new Parser(settings =>
        {
            (settings.HelpWriter, settings.AutoHelp, settings.AutoVersion, settings.EnableDashDash) = (null, false, false, true);
        });
        var result = parser.ParseArguments([VerbDefinition.NameOf(type), .. args], [type]);
        if (result is Parsed<object> { Value: IVerb verb }) return verb.RunAsync(context, cancel);

        var definition = VerbDefinition.Of(type);
        foreach (var mistake in ((NotParsed<object>)result).Errors.Select(e => UsageRules.Of(e, definition)).Distinct()) context.Error.WriteLine(mistake);
        return Task.FromResult(ExitCode.Usage);
    }

    /// <summary><c>strata -C DIR build x</c> is <c>strata build -C DIR x</c>: options of all verbs may come first.</summary>
    private static string[] WithVerbFirst(string[] args)
    {
        var at = 0;
        while (at < args.Length)
        {
            if (args[at] is "-C" or "--directory") at += 2;
            else if (args[at] is "-v" or "--verbose" || args[at].StartsWith("--directory=", StringComparison.Ordinal)) at++;
            else break;
        }
        if (at == 0 || at >= args.Length) return args;
        var verbWords = args.Length > at + 1 && s_families.ContainsKey(args[at]) ? 2 : 1;
        return [.. args[at..(at + verbWords)], .. args[..at], .. args[(at + verbWords)..]];
    }

    private static Task<ExitCode> Print(TextWriter output, string text, ExitCode code)
    {
        output.Write(text);
        return Task.FromResult(code);
    }

    private static Task<ExitCode> Refuse(CommandContext context, Diagnostic problem)
    {
        context.Error.WriteLine(problem);
        return Task.FromResult(ExitCode.Usage);
    }
}
