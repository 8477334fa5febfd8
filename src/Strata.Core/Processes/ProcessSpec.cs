using System.Collections.Immutable;

namespace Strata.Core;

/// <summary>A process to run: nothing is inherited but what is named here.</summary>
public sealed record ProcessSpec
{
    /// <summary>Program and arguments. A program without a slash is looked up in the caller's PATH.</summary>
    public required ImmutableArray<string> Command { get; init; }

    public string? WorkingDirectory { get; init; }

    /// <summary>The complete environment; null hands on the caller's own (host tools such as git and apt need it).</summary>
    public ImmutableSortedDictionary<string, string>? Environment { get; init; }

    /// <summary>Text for standard input; null closes it.</summary>
    public string? Input { get; init; }

    /// <summary>The process reads and writes where the caller does, for instance a terminal, and nothing of it is captured.</summary>
    public bool SharesTerminal { get; init; }

    /// <summary>Called with each line of standard output and standard error as it arrives, possibly from two threads.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>Writes standard input as bytes, on a thread of its own; a process that ends without reading it all is no error.</summary>
    public Action<Stream>? WriteInput { get; init; }

    /// <summary>
    /// Reads standard output as bytes instead of text, on a thread of its own; only standard error then goes to <see cref="OnLine"/>.
    /// When it throws, the process is killed and the exception is what the run ends with.
    /// </summary>
    public Action<Stream>? ReadOutput { get; init; }
}
