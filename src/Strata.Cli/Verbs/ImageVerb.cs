using System.Globalization;
using Strata.Cli.Images;
using Strata.Cli.Terminal;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Cli.Verbs;

/// <summary>A command about finished images. A workspace is needed only where an image is called by its recipe.</summary>
public abstract record ImageVerb : VerbOptions, IVerb
{
    private const string PasswordVariable = "STRATA_KEY_PASSWORD";

    public async Task<ExitCode> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var start = Path.GetFullPath(Directory ?? ".", context.CurrentDirectory);
        var events = new EventStream();
        using var console = new PlainConsole(context.Error, Verbose);
        events.Subscribe(console.Show);
        var workspace = Workspace.Find(start, context.Environment);
        var here = context with { CurrentDirectory = start };
        using var places = new ImagePlaces(here, workspace, workspace is null ? null : new Session(workspace, context.Environment, events));
        try
        {
            return await RunAsync(places, here, cancel);
        }
        catch (ImageException e)
        {
            events.Publish(new DiagnosticReported(e.Diagnostic));
            return ExitCode.BuildFailed;
        }
    }

    private protected abstract Task<ExitCode> RunAsync(ImagePlaces places, CommandContext context, CancellationToken cancel);

    private protected static string Password(CommandContext context, string keyFile) =>
        context.Environment.GetValueOrDefault(PasswordVariable) is { Length: > 0 } password
            ? password
            : throw new ImageException(ImageRules.BadKey(keyFile, $"its password is not in the environment: {PasswordVariable} is empty"));

    /// <summary>Whom a signature is for: the repository, or what an image layout will become.</summary>
    private protected static string IdentityOf(ImageStore store, string? given, string word) =>
        given ?? (store is RegistryImages registry ? registry.Place : throw new ImageException(ImageRules.NoIdentity(word)));

    private protected static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.000} MB");
}
