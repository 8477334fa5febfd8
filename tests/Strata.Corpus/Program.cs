using Strata.Corpus;

// FILE.jsonl... [--case NAME]: prints what differs and ends with a count.
var only = args.SkipWhile(a => a != "--case").Skip(1).FirstOrDefault();
var failed = 0;
var passed = 0;
foreach (var file in args.TakeWhile(a => a != "--case").Select(Path.GetFullPath))
{
    var cases = ParseCase.ReadAll(file).Where(c => only is null || c.Name == only);
    foreach (var result in ParseCorpus.Run(cases, Path.Combine(Path.GetDirectoryName(file)!, "base")))
    {
        _ = result.Passed ? passed++ : failed++;
        if (result.Passed) continue;
        Console.WriteLine(result.Name);
        foreach (var difference in result.Differences) Console.WriteLine($"  {difference}");
    }
}
Console.WriteLine($"{passed} passed, {failed} failed");
return failed == 0 ? 0 : 1;
