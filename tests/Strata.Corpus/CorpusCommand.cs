using System.Collections.Immutable;

namespace Strata.Corpus;

/// <summary>FILE... [--case NAME] [--base DIRECTORY]: runs every case of the files, prints what differs and ends with a count.</summary>
internal static class CorpusCommand
{
    /// <summary>Far above what any case needs; one that takes longer has failed.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(1);

    /// <summary>As deep as the loader's own threads.</summary>
    private const int StackSize = 16 << 20;

    /// <returns>The exit code: 0 if every case passed.</returns>
    public static int Run(string[] args, TextWriter output)
    {
        var (only, baseLayer) = (Option(args, "--case"), Option(args, "--base"));
        var files = Files(args);
        var (passed, failed) = (0, 0);
        foreach (var file in files)
        {
            using var corpus = CorpusFile.Open(file, baseLayer);
            foreach (var result in Results(corpus.Cases.Where(c => only is null || c.Name == only)))
            {
                _ = result.Passed ? passed++ : failed++;
                if (result.Passed) continue;
                output.WriteLine(result.Name);
                foreach (var difference in result.Differences) output.WriteLine($"  {difference}");
            }
        }
        output.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static ParallelQuery<CaseResult> Results(IEnumerable<CorpusCase> cases) => cases.ToArray().AsParallel().AsOrdered().Select(RunBounded);

    /// <summary>A case that crashes or never ends fails; the others go on.</summary>
    private static CaseResult RunBounded(CorpusCase corpusCase)
    {
        ImmutableArray<Difference>? differences = null;
        var thread = new Thread(() => differences = RunSafely(corpusCase), StackSize) { IsBackground = true };
        thread.Start();
        _ = thread.Join(s_longest);
        return new(corpusCase.Name, differences ?? [new("time", "an answer", $"none within {s_longest.TotalSeconds} s")]);
    }

    private static ImmutableArray<Difference> RunSafely(CorpusCase corpusCase)
    {
        try
        {
            return corpusCase.Ask();
        }
        catch (Exception bug)
        {
            return [new("run", "an answer", bug.ToString())];
        }
    }

    private static string? Option(string[] args, string name) => args.SkipWhile(a => a != name).Skip(1).FirstOrDefault();

    private static IEnumerable<string> Files(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].StartsWith("--", StringComparison.Ordinal)) i++;
            else yield return Path.GetFullPath(args[i]);
        }
    }
}
