using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>One command line of a build case.</summary>
internal static class BuildStep
{
    /// <summary>What BitBake was started with when the answers were recorded; it hands these on to tasks.</summary>
    private static readonly ImmutableSortedDictionary<string, string> s_environment = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create("HOME", "/tmp"),
        KeyValuePair.Create("LC_ALL", "en_US.UTF-8"),
        KeyValuePair.Create("LOGNAME", "corpus"),
        KeyValuePair.Create("PATH", "@BITBAKE@/bin:/usr/local/bin:/usr/bin:/bin"),
        KeyValuePair.Create("SHELL", "/bin/sh"),
        KeyValuePair.Create("USER", "corpus"),
    ]);

    /// <summary>The file that tasks of the corpus append to.</summary>
    public static string TraceOf(string top) => Path.Combine(top, "trace.txt");

    public static StepOutcome Run(string top, JsonObject step)
    {
        var command = CommandLine.Parse((string)step["args"]!);
        var diagnostics = new Diagnostics();
        var metadata = MetadataLoader.Load(new() { TopDirectory = top, Variables = s_environment, Threads = 1 }, diagnostics, CancellationToken.None);
        var graph = GraphBuilder.Build(metadata, command.Wanted, diagnostics, CancellationToken.None);
        var run = graph is null || command.GraphOnly ? null : new TaskRun(metadata, graph, command, s_environment).Run();
        var trace = File.Exists(TraceOf(top)) ? File.ReadAllLines(TraceOf(top)) : [];
        if (step["sort"] is not null) Array.Sort(trace, StringComparer.Ordinal);
        return new(metadata, diagnostics.Sorted(), graph, run, [.. trace]);
    }
}
