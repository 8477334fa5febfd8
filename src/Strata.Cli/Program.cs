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
        using var interruption = new Interruption();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = interruption.Interrupt());
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = interruption.Terminate());
        var context = new CommandContext
        {
            Interruption = interruption,
            Output = Console.Out,
            Error = Console.Error,
            IsTerminal = !Console.IsOutputRedirected && !Console.IsErrorRedirected,
            CurrentDirectory = Environment.CurrentDirectory,
            Environment = Variables(),
        };
        return (int)await CommandLineInterface.RunAsync(args, context, interruption.Now);
    }

    // Every command waits for this: a loop, as the queries of the library would be compiled anew for entries of this type.
    private static ImmutableSortedDictionary<string, string> Variables()
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables()) variables[(string)entry.Key] = (string?)entry.Value ?? "";
        return variables.ToImmutable();
    }
}
