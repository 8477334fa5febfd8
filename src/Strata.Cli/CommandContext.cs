using System.Collections.Immutable;

namespace Strata.Cli;

/// <summary>What a command knows of its surroundings; read once, in <see cref="Program"/>, and handed on.</summary>
public sealed record CommandContext
{
    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    public Interruption Interruption { get; init; } = new();

    /// <summary>Whether a person watches: then the console is live, with colours.</summary>
    public required bool IsTerminal { get; init; }

    /// <summary>Absolute path.</summary>
    public required string CurrentDirectory { get; init; }

    public required ImmutableSortedDictionary<string, string> Environment { get; init; }
}
