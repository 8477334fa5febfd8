using System.Collections.Immutable;
using System.Diagnostics;
using Strata.Core;
using Strata.Corpus;
using Strata.Metadata;

return args switch
{
    ["--load", var top, .. var rest] => LoadWorkspace(top, rest),
    ["--fuzz", var seconds, var projects, var baseLayer] => FuzzCommand.Run(TimeSpan.FromSeconds(int.Parse(seconds, provider: null)), projects, baseLayer, Console.Out),
    _ => CorpusCommand.Run(args, Console.Out),
};

// --load TOPDIR [ROUNDS [VALUES.jsonl LAYERS-PARENT]]: loads a workspace, says how long it took, compares it with recorded values.
static int LoadWorkspace(string top, string[] rest)
{
    LoadedMetadata? metadata = null;
    var diagnostics = new Diagnostics();
    for (var round = 0; round < int.Parse(rest is [var rounds, ..] ? rounds : "1", provider: null); round++)
    {
        diagnostics = new();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var allocated = GC.GetTotalAllocatedBytes();
        var start = Clock.Ticks;
        metadata = MetadataLoader.Load(new()
        {
            TopDirectory = top,
            Variables = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/usr/local/bin:/usr/bin:/bin"),
            Threads = Environment.ProcessorCount,
        }, diagnostics, CancellationToken.None);
        Console.WriteLine($"{metadata.Recipes.Length} recipes in {Clock.Since(start).TotalMilliseconds:F0} ms, "
            + $"{(Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds:F0} ms of processor, {(GC.GetTotalAllocatedBytes() - allocated) >> 20} MiB allocated, "
            + $"{GC.GetTotalMemory(forceFullCollection: true) >> 20} MiB kept");
    }
    foreach (var group in diagnostics.Sorted().GroupBy(d => d.Rule).OrderBy(g => g.Key.Code)) Console.WriteLine($"{group.Count()} × {group.Key.Severity} {group.Key.Code} {group.Key.Title}");
    foreach (var error in diagnostics.Sorted().Where(d => d.Severity == Severity.Error)) Console.WriteLine(error);
    if (rest is not [_, var recorded, var parent]) return 0;

    var outcomes = ValuesCorpus.Compare(metadata!, recorded, t => t.Replace(parent, "@OE@", StringComparison.Ordinal).Replace(top, "@TOP@", StringComparison.Ordinal));
    foreach (var different in outcomes.Where(o => !o.IsSame)) Console.WriteLine($"{different.Recipe}: {different.Name}\n    expected {different.Expected}\n    actual   {different.Actual}");
    foreach (var group in outcomes.GroupBy(o => o.Name.Split(':', '[')[0]).OrderByDescending(g => g.Count(o => !o.IsSame)).Take(80))
        Console.WriteLine($"{group.Count(o => o.IsSame)} of {group.Count()} {group.Key}");
    Console.WriteLine($"{outcomes.Count(o => o.IsSame)} of {outcomes.Length} values are the same");
    return 0;
}
