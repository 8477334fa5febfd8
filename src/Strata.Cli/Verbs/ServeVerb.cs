using System.Net;
using CommandLine;
using Strata.Cli.Serving;
using Strata.Cli.Usage;
using Strata.Core;

namespace Strata.Cli.Verbs;

[Verb("serve", HelpText = "Be a registry whose images are made when they are pulled: HOST:PORT/shell/curl/redis has these packages.")]
[Examples("strata serve", "strata serve --listen 0.0.0.0:8080   # for other machines; it asks nobody for a password", "strata serve --listen 127.0.0.1:0   # a free port")]
public sealed record ServeVerb : WorkspaceVerb
{
    [Option("listen", MetaValue = "ADDRESS:PORT", Default = "127.0.0.1:5000", HelpText = "Where to answer; with port 0 at one that is free (default: 127.0.0.1:5000).")]
    public string Listen { get; init; } = "127.0.0.1:5000";

    [Option('j', "jobs", MetaValue = "N", HelpText = "Run at most N tasks and compilers at once (default: all cores).")]
    public int? Jobs { get; init; }

    protected override async Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        if (!IPEndPoint.TryParse(Listen, out var end) || !Listen.Contains(':'))
        {
            context.Error.WriteLine(CliRules.BadAddress(Listen));
            return ExitCode.Usage;
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, context.Interruption.AskGently());
        var events = new EventStream();
        using var console = Console(context with { IsTerminal = false }, events, printsData: false);
        await using var images = new WorkspaceImages(workspace, context, Jobs ?? Environment.ProcessorCount, Verbose, stop.Token);
        try
        {
            await using var server = await RegistryServer.StartAsync(end, images, events, stop.Token);
            events.Publish(new Announced($"serving {server.Address} until Ctrl-C; for instance: skopeo copy --src-tls-verify=false docker://{server.Address.Authority}/shell/busybox oci:busybox"));
            await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return ExitCode.Success;
        }
        catch (IOException taken)
        {
            events.Publish(new DiagnosticReported(CliRules.CannotListen(Listen, taken.Message)));
            return ExitCode.Usage;
        }
    }
}
