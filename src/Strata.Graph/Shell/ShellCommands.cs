using System.Collections.Immutable;

namespace Strata.Graph.Shell;

/// <summary>
/// The words of a shell text that may be commands, each list sorted and without doubles. <paramref name="Hidden"/> holds those that
/// BitBake does not see: after an assignment that runs commands, in the target of a redirection and in here-documents.
/// Functions that the text defines itself are in neither.
/// </summary>
public sealed record ShellCommands(ImmutableArray<string> Plain, ImmutableArray<string> Hidden)
{
    public static ShellCommands None { get; } = new([], []);

    /// <summary>Why no shell would run the text, in words; null if one would.</summary>
    public string? Problem { get; private init; }

    /// <summary>Why BitBake refuses the text, or a command nested in it, though shells may run it; null if it does not.</summary>
    public string? Refusal { get; init; }

    /// <summary>Never fails: what is no shell gives the commands found before it stopped being one.</summary>
    public static ShellCommands In(string text)
    {
        var scanner = new ShellScanner();
        scanner.Scan(text, hidden: false, depth: 0);
        var (problem, refusal) = ShellGrammar.Check(text);
        var commands = scanner.Result();
        return commands with { Problem = problem, Refusal = refusal ?? commands.Refusal };
    }
}
