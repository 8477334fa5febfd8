using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Strata.Cli;

[SuppressMessage("ApiDesign", "RS0030", Justification = "console, environment and working directory are read here and nowhere else")]
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var context = new CommandContext
        {
            Output = Console.Out,
            Error = Console.Error,
            IsTerminal = !Console.IsOutputRedirected && !Console.IsErrorRedirected,
            CurrentDirectory = Environment.CurrentDirectory,
            Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .ToImmutableSortedDictionary(e => (string)e.Key, e => (string?)e.Value ?? "", StringComparer.Ordinal),
        };
        return (int)await CommandLineInterface.RunAsync(args, context, stop.Token);

        // The first Ctrl-C ends the build in order; a second one ends the process at once, as if this handler did not exist.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }
}
