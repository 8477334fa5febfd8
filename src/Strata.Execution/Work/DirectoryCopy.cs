using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Execution;

/// <summary>Copies trees with the <c>cp</c> program, which knows reflinks and holes; an image is mostly holes.</summary>
internal static class DirectoryCopy
{
    /// <summary>Copies files and directories into a directory, which is made if missing. Modes, times and links within them stay as they are.</summary>
    /// <exception cref="IOException">Not all of it could be copied.</exception>
    public static async Task MakeAsync(ImmutableArray<string> sources, string target, CancellationToken cancel)
    {
        Directory.CreateDirectory(target);
        await RunAsync(["cp", "-RP", "--reflink=auto", "--preserve=mode,timestamps,links", "--", .. sources, target], cancel);
    }

    /// <summary>Runs a program that says why when it fails.</summary>
    public static async Task RunAsync(ImmutableArray<string> command, CancellationToken cancel)
    {
        var outcome = await ProcessRunner.RunAsync(new() { Command = command }, cancel);
        if (!outcome.Succeeded) throw new IOException(outcome.Error.Trim());
    }
}
