using System.Collections.Immutable;
using System.Diagnostics;
using Strata.Core;
using Strata.Corpus;
using Strata.Corpus.OpenEmbedded;
using Strata.Metadata;

return args switch
{
    ["compare-oe", var values, var directory, .. var options] => CompareCommand.Run(Path.GetFullPath(values), Path.GetFullPath(directory), options is ["--all"]),
    ["expression-coverage", var directory, .. var options] => CoverageCommand.Run(Path.GetFullPath(directory), options is ["--all"]),
    ["--load", var top, .. var rest] => LoadWorkspace(top, rest),
    ["--fuzz", var seconds, var projects, var baseLayer] => FuzzCommand.Run(TimeSpan.FromSeconds(int.Parse(seconds, provider: null)), projects, baseLayer, Console.Out),
    _ => CorpusCommand.Run(args, Console.Out),
};

// --load TOPDIR [ROUNDS]: loads a workspace and says how long it took.
static int LoadWorkspace(string top, string[] rest)
{
    var diagnostics = new Diagnostics();
    for (var round = 0; round < int.Parse(rest is [var rounds, ..] ? rounds : "1", provider: null); round++)
    {
        diagnostics = new();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes();
        var start = Clock.Ticks;
        var metadata = MetadataLoader.Load(new()
        {
            TopDirectory = top,
            Variables = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/usr/local/bin:/usr/bin:/bin"),
            BuildArchitecture = "x86_64",
            Processors = Environment.ProcessorCount,
            Threads = Environment.ProcessorCount,
        }, diagnostics, CancellationToken.None);
        Console.WriteLine($"{metadata.Recipes.Length} recipes in {Clock.Since(start).TotalMilliseconds:F0} ms, "
            + $"{(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds:F0} ms of processor, {(GC.GetTotalAllocatedBytes() - allocated) >> 20} MiB allocated, "
            + $"{GC.GetTotalMemory(forceFullCollection: true) >> 20} MiB kept");
    }
    foreach (var group in diagnostics.Sorted().GroupBy(d => d.Rule).OrderBy(g => g.Key.Code)) Console.WriteLine($"{group.Count()} × {group.Key.Severity} {group.Key.Code} {group.Key.Title}");
    foreach (var error in diagnostics.Sorted().Where(d => d.Severity == Severity.Error)) Console.WriteLine(error);
    return 0;
}
