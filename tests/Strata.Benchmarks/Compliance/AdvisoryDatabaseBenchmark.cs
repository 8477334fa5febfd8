using System.Collections.Immutable;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Strata.Cache;
using Strata.Compliance;
using Strata.Core;

namespace Strata.Benchmarks.Compliance;

/// <summary>A vulnerability database of 50,000 records in files of their own, as OSV and the CVE programme hand them out: reading all, reading what changed, asking.</summary>
[MemoryDiagnoser]
public class AdvisoryDatabaseBenchmark
{
    private const int Records = 50_000;
    private const int Changed = 100;

    private readonly string _scratch = Directory.CreateTempSubdirectory("strata-benchmark-").FullName;
    private ImmutableArray<string> _files;
    private int _round;

    private string Kept => Path.Combine(_scratch, "kept.sqlite");

    [GlobalSetup]
    public void Setup()
    {
        _files = [.. Enumerable.Range(0, Records).Select(i => Path.Combine(_scratch, "db", string.Create(CultureInfo.InvariantCulture, $"{i / 1000:000}"), string.Create(CultureInfo.InvariantCulture, $"OSV-2024-{i}.json")))];
        foreach (var (number, file) in _files.Index()) Write(file, number, "1.0");
        _ = Update(Kept);
    }

    [GlobalCleanup]
    public void Cleanup() => FileTree.Delete(_scratch);

    [Benchmark(Description = "import of 50,000 records")]
    public int Import()
    {
        var fresh = Path.Combine(_scratch, string.Create(CultureInfo.InvariantCulture, $"fresh-{_round++}.sqlite"));
        var read = Update(fresh);
        File.Delete(fresh);
        return read;
    }

    [Benchmark(Description = "again, nothing changed")]
    public int Unchanged() => Update(Kept);

    [Benchmark(Description = "again, 100 records changed")]
    public int Incremental()
    {
        _round++;
        for (var number = 0; number < Changed; number++) Write(_files[number * (Records / Changed)], number, string.Create(CultureInfo.InvariantCulture, $"1.{_round}"));
        return Update(Kept);
    }

    [Benchmark(Description = "check of an image of 200 components")]
    public int Check()
    {
        using var index = DocumentIndex.Open(Kept);
        var packages = Enumerable.Range(0, 200).Select(i => new StatedPackage(Product(i), "0.9", "MIT", null, [], ImmutableSortedDictionary<string, string>.Empty)
        {
            Names = new([], [$"cpe:2.3:a:*:{Product(i)}:0.9:*:*:*:*:*:*:*"]),
        });
        return new CveMatcher(new("image", [.. packages], [], ImmutableSortedDictionary<string, string>.Empty), [], key => index.Find(key).Select(Advisory.FromJson)).Run().Length;
    }

    private int Update(string index)
    {
        using var documents = DocumentIndex.Open(index);
        return documents.Update(_files, file => AdvisoryReader.Read(file, new Core.Diagnostics())?.Select(a => new IndexedDocument(a.Keys, a.ToJson())).ToList(), CancellationToken.None);
    }

    /// <summary>About as long as real ones are without their prose.</summary>
    private static void Write(string file, int number, string fixedIn) => AtomicFile.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "schema_version": "1.6.0", "id": "OSV-2024-{{number}}", "published": "2024-01-02T00:00:00Z", "modified": "2024-02-03T00:00:00Z", "aliases": ["CVE-2024-{{number}}"],
          "summary": "Heap buffer overflow when a header is longer than it says", "details": "{{new string('x', 900)}}",
          "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}, {"type": "CVSS_V4", "score": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"}],
          "affected": [{"package": {"ecosystem": "OSS-Fuzz", "name": "{{Product(number)}}", "purl": "pkg:generic/{{Product(number)}}"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "{{fixedIn}}"}]}]}],
          "references": [{"type": "ADVISORY", "url": "https://example.org/{{number}}"}, {"type": "FIX", "url": "https://example.org/fix/{{number}}"}]
        }
        """));

    /// <summary>Ten records each, as widely used libraries have.</summary>
    private static string Product(int number) => string.Create(CultureInfo.InvariantCulture, $"product-{number % (Records / 10)}");
}
