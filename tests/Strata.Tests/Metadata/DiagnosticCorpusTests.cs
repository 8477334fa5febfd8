using System.Text.RegularExpressions;

namespace Strata.Tests.Metadata;

/// <summary>
/// What users read, word for word. A case is a text file: sections "== PATH" are the files of a workspace ("== !PATH": a file that is
/// removed), "== expected" is everything that is reported, with a hint for each. The workspace is loaded, or "== $ COMMAND" says which
/// command of strata runs there. With STRATA_ACCEPT=1 the expected part is rewritten and the test skipped.
/// </summary>
public sealed class DiagnosticCorpusTests
{
    private const string Mark = "== ";
    private const string Expected = "expected";
    private const string Command = "$ ";

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Corpus, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    private static string Corpus => RepositoryTree.Path("tests/corpus/diagnostics");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_case_is_reported_as_recorded(string name)
    {
        var file = Path.Combine(Corpus, name + ".txt");
        var text = File.ReadAllText(file);
        var sections = text[Mark.Length..].Split("\n" + Mark).Select(s => s.Split('\n', 2)).ToDictionary(s => s[0], s => s.Length > 1 ? s[1] : "");
        using var workspace = new LayerWorkspace();
        foreach (var (path, content) in sections.Where(s => s.Key != Expected && !s.Key.StartsWith(Command, StringComparison.Ordinal)))
            _ = path[0] == '!' ? workspace.Remove(path[1..]) : workspace.Write(path, content.Length == 0 || content.EndsWith('\n') ? content : content + "\n");

        var command = sections.Keys.FirstOrDefault(k => k.StartsWith(Command, StringComparison.Ordinal));
        var actual = command is null ? workspace.LoadAndReport() : await workspace.RunAsync(command[Command.Length..]);
        if (Environment.GetEnvironmentVariable("STRATA_ACCEPT") == "1")
        {
            File.WriteAllText(file, text[..text.IndexOf($"{Mark}{Expected}\n", StringComparison.Ordinal)] + $"{Mark}{Expected}\n{actual}");
            Assert.Skip("accepted");
        }
        Assert.Equal(sections[Expected], actual);
        var code = name.Split('-')[0];
        Assert.Contains(code, actual, StringComparison.Ordinal);
        Assert.Equal(Regex.Count(actual, $" {code}: "), Regex.Count(actual, $@" {code}: .*\n(?: .*\n)*?  hint: "));
    }
}
