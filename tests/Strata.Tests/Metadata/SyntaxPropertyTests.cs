using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Strata.Metadata;
using Strata.Metadata.Syntax;

namespace Strata.Tests.Metadata;

/// <summary>What holds for every text, not only for those somebody thought of.</summary>
public sealed partial class SyntaxPropertyTests
{
    private static readonly string[] s_pieces =
    [
        "A", "B:append", "C:x", "[f]", " ", "=", "?=", "??=", ":=", "+=", ".=", "\"", "'", "\\\n", "\n", "\r\n", "\t", "#", "${A}", "${@", "}", "{", "do_x () {\n", "}\n",
        "python () {\n", "def f(d):\n", "    return 1\n", "inherit x", "require y", "addtask x after y before z", "deltask x", "unset A", "export A", "EXPORT_FUNCTIONS x", "\0", "é", "\uFEFF", "\r", "\u2028", "fakeroot ",
    ];

    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20260101, 7);

    /// <summary>Texts of pieces that have a meaning, in an order that has none.</summary>
    private static Arbitrary<string> Texts => Gen.Elements(s_pieces).ArrayOf().Select(p => string.Concat(p)).ToArbitrary();

    [Fact]
    public void Every_character_is_in_exactly_one_line()
    {
        Prop.ForAll(Texts, text => Lines(text).SequenceEqual(Expected(text))).Check(s_config);

        static IEnumerable<string> Expected(string text)
        {
            var lines = LineEnd().Split(text).Select(l => l.TrimEnd()).ToList();
            if (text.Length == 0 || text[^1] is '\n' or '\r') lines.RemoveAt(lines.Count - 1);
            return lines;
        }
    }

    [Theory]
    [InlineData("a.bb")]
    [InlineData("a.conf")]
    public void The_pieces_of_a_file_give_its_text_back(string file) => Prop.ForAll(Texts, text =>
    {
        var pieces = new List<SyntaxPiece>();
        var parsed = StatementParser.Parse(file, text, pieces);
        return string.Concat(pieces.Select(p => text[p.Start..p.End])) == text
            && pieces.Select(p => p.Statement).OfType<Statement>().SequenceEqual(parsed.Statements);
    }).Check(s_config);

    /// <summary>So a piece is all of its statement, and nothing else of the file has a part in it.</summary>
    [Theory]
    [InlineData("a.bb")]
    [InlineData("a.conf")]
    public void A_piece_alone_is_the_same_statement(string file) => Prop.ForAll(Texts, text =>
    {
        var pieces = new List<SyntaxPiece>();
        _ = StatementParser.Parse(file, text, pieces);
        return pieces.All(p => Shown(StatementParser.Parse(file, text.AsSpan(p.Start, p.End - p.Start)).Statements) == Shown(p.Statement is null ? [] : [p.Statement]));

        static string Shown(IEnumerable<Statement> statements) => string.Concat(statements.Select(s => (s with { Place = default }) switch
        {
            ExportFunctionsStatement e => string.Join(' ', e.Functions),
            PythonDefinition d => d.Text,
            var other => other.ToString(),
        }));
    }).Check(s_config);

    [Fact]
    public void The_pieces_of_real_files_give_their_bytes_back()
    {
        foreach (var path in Directory.EnumerateFiles(RepositoryTree.Path("meta-core"), "*.*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".bb" or ".bbclass" or ".conf" or ".inc"))
        {
            var (bytes, pieces) = (File.ReadAllBytes(path), new List<SyntaxPiece>());
            var text = Encoding.UTF8.GetString(bytes);
            _ = StatementParser.Parse(path, text, pieces);
            Assert.Equal(bytes, Encoding.UTF8.GetBytes(string.Concat(pieces.Select(p => text[p.Start..p.End]))));
        }
    }

    [Fact]
    public void Reading_lines_allocates_nothing()
    {
        var text = string.Concat(Enumerable.Repeat("A = \"1 \\\n  2\"  \r\n", 1000));
        _ = Count(text);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = Count(text);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2000, count);
    }

    [Theory]
    [InlineData("a.bb")]
    [InlineData("a.conf")]
    [InlineData("a.bbclass")]
    public void Any_text_is_parsed_or_reported(string file) =>
        Prop.ForAll(Texts, text => StatementParser.Parse(file, text) is { } parsed && (parsed.IsBroken || parsed.Statements.Length <= text.Length)).Check(s_config);

    [Fact]
    public void Any_text_is_expanded_or_refused() => Prop.ForAll(Texts, text =>
    {
        var store = new Datastore();
        store.Set("A", "a");
        try
        {
            return store.Expand(text) is not null;
        }
        catch (ExpansionException)
        {
            return true;
        }
    }).Check(s_config);

    /// <summary>Edits wait until the variable is read, so it does not matter whether they stand before or behind the assignment.</summary>
    [Fact]
    public void Edits_may_stand_before_or_behind_the_assignment() => Prop.ForAll(Gen.Elements("1", "2", " 1 2", "${B}", "").ArrayOf().ToArbitrary(), edits =>
    {
        var (behind, before) = (new Datastore(), new Datastore());
        behind.Set("B", "b");
        before.Set("B", "b");
        Assign(behind, "A", "base");
        foreach (var edit in edits) Edit(behind, edit);
        foreach (var edit in edits) Edit(before, edit);
        Assign(before, "A", "base");
        return behind.Get("A") == before.Get("A");
    }).Check(s_config);

    private static void Edit(Datastore store, string text)
    {
        foreach (var edit in (string[])["append", "prepend", "remove"]) Assign(store, $"A:{edit}", text);
    }

    private static void Assign(Datastore store, string name, string value)
    {
        var file = StatementParser.Parse("a.conf", $"{name} = \"{value}\"\n");
        store.Assign((AssignmentStatement)Assert.Single(file.Statements));
    }

    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        var reader = new LineReader(text);
        while (reader.TryRead(out var line)) lines.Add(line.ToString());
        return lines;
    }

    private static int Count(string text)
    {
        var reader = new LineReader(text);
        var count = 0;
        while (reader.TryRead(out _)) count++;
        return count;
    }

    [GeneratedRegex("\r\n|\r|\n")]
    private static partial Regex LineEnd();
}
