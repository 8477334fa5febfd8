using Strata.Core;
using Strata.Fetch;

namespace Strata.Tests.Fetch;

public sealed class PatcherTests : IDisposable
{
    private const string Patch = """
        --- a/src/f.c
        +++ b/src/f.c
        @@ -1,5 +1,5 @@
         one
         two
        -three
        +THREE
         four
         five

        """;

    private readonly TemporaryDirectory _files = new();
    private readonly List<string> _log = [];

    public PatcherTests() => _files.Write("work/p-1.0/src/f.c", "one\ntwo\nthree\nfour\nfive\n");

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Patches_apply_in_the_order_of_the_recipe()
    {
        _files.Write("layer/second.patch", Patch.Replace("three", "THREE", StringComparison.Ordinal).Replace("+THREE", "+3", StringComparison.Ordinal));
        _files.Write("layer/first.patch", Patch);

        await ApplyAsync("file://first.patch file://second.patch");
        Assert.Equal("one\ntwo\n3\nfour\nfive\n", Source());
        Assert.Contains("applying first.patch", _log);
        Assert.Equal(["f.c"], Directory.EnumerateFiles(_files.At("work/p-1.0/src")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Parameters_say_where_and_whether_a_patch_applies()
    {
        _files.Write("layer/deep.patch", Patch.Replace("a/src/", "x/y/", StringComparison.Ordinal).Replace("b/src/", "x/y/", StringComparison.Ordinal));
        _files.Write("layer/no.patch", "nonsense");
        _files.Write("layer/really.txt", Patch.Replace("three", "THREE", StringComparison.Ordinal).Replace("+THREE", "+3", StringComparison.Ordinal));

        await ApplyAsync("file://deep.patch;striplevel=2;patchdir=src file://no.patch;apply=no file://really.txt;apply=yes;patchdir=/build/work/p/p-1.0");
        Assert.Equal("one\ntwo\n3\nfour\nfive\n", Source());
    }

    [Fact]
    public async Task A_patch_that_does_not_apply_names_hunk_and_reject()
    {
        _files.Write("work/p-1.0/src/f.c", "one\ntwo\n3\nfour\nfive\n");
        _files.Write("layer/fix.patch", Patch);

        var problem = await FailsAsync("file://fix.patch");

        Assert.Equal("STR4040", problem.Rule.Code);
        Assert.Equal("hello.bb:7", problem.Place.ToString());
        Assert.Contains("fix.patch does not apply: src/f.c: hunk 1 at line 1", problem.Message, StringComparison.Ordinal);
        Assert.Contains("+THREE", problem.Message, StringComparison.Ordinal);
        Assert.Contains("refresh fix.patch", problem.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_is_there_already_is_recognised()
    {
        _files.Write("work/p-1.0/src/f.c", "one\ntwo\nTHREE\nfour\nfive\n");
        _files.Write("layer/fix.patch", Patch);

        Assert.Contains("remove fix.patch from SRC_URI", (await FailsAsync("file://fix.patch")).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_strip_level_is_answered_with_the_right_one()
    {
        _files.Write("layer/fix.patch", Patch.Replace("a/src", "src", StringComparison.Ordinal).Replace("b/src", "src", StringComparison.Ordinal));

        Assert.Contains("add ;striplevel=0", (await FailsAsync("file://fix.patch")).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fuzz_is_refused()
    {
        _files.Write("work/p-1.0/src/f.c", "1\ntwo\nthree\nfour\nfive\n");
        _files.Write("layer/fix.patch", Patch);

        var problem = await FailsAsync("file://fix.patch");

        Assert.Equal("STR4041", problem.Rule.Code);
        Assert.Contains("src/f.c: hunk 1 with fuzz", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_with_the_line_ends_of_Windows_applies_to_either()
    {
        var windows = _files.At("work/p-1.0/src/w.c");
        File.WriteAllText(windows, File.ReadAllText(_files.At("work/p-1.0/src/f.c")).Replace("\n", "\r\n", StringComparison.Ordinal));
        var lines = Patch.Replace("f.c", "w.c", StringComparison.Ordinal).Split('\n');
        _files.Write("layer/mail.patch", Patch.Replace("\n", "\r\n", StringComparison.Ordinal));
        _files.Write("layer/windows.patch", string.Join('\n', lines.Select((line, at) => at < 3 || line.Length == 0 ? line : line + "\r")));

        await ApplyAsync("file://mail.patch file://windows.patch");

        Assert.Equal("one\ntwo\nTHREE\nfour\nfive\n", Source());
        Assert.Equal("one\r\ntwo\r\nTHREE\r\nfour\r\nfive\r\n", File.ReadAllText(windows));
    }

    [Fact]
    public async Task Patches_of_git_rename_make_and_remove_files()
    {
        _files.Write("work/p-1.0/old", "x\n");
        _files.Write("layer/git.patch", """
            diff --git a/src/f.c b/lib/g.c
            similarity index 100%
            rename from src/f.c
            rename to lib/g.c
            diff --git a/run b/run
            new file mode 100755
            --- /dev/null
            +++ b/run
            @@ -0,0 +1 @@
            +#!/bin/sh
            diff --git a/old b/old
            deleted file mode 100644
            --- a/old
            +++ /dev/null
            @@ -1 +0,0 @@
            -x

            """);

        await ApplyAsync("file://git.patch");

        Assert.Equal("one\ntwo\nthree\nfour\nfive\n", File.ReadAllText(_files.At("work/p-1.0/lib/g.c")));
        Assert.Equal((false, false), (File.Exists(_files.At("work/p-1.0/src/f.c")), File.Exists(_files.At("work/p-1.0/old"))));
        Assert.True(File.GetUnixFileMode(_files.At("work/p-1.0/run")).HasFlag(UnixFileMode.UserExecute));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../..")]
    [InlineData("/etc")]
    public async Task A_patch_directory_outside_of_the_work_directory_is_refused(string directory)
    {
        _files.Write("layer/fix.patch", Patch);

        var problem = await FailsAsync($"file://fix.patch;patchdir={directory}{(directory == ".." ? "/.." : "")}");

        Assert.Equal("STR4042", problem.Rule.Code);
    }

    [Fact]
    public async Task A_patch_cannot_write_outside_of_the_sources()
    {
        _files.Write("work/victim", "untouched\n");
        _files.Write("layer/evil.patch", "--- a/../victim\n+++ b/../victim\n@@ -1 +1 @@\n-untouched\n+touched\n");
        Directory.CreateSymbolicLink(_files.At("work/p-1.0/out"), _files.At("work"));
        _files.Write("layer/link.patch", "--- a/out/victim\n+++ b/out/victim\n@@ -1 +1 @@\n-untouched\n+touched\n");

        _ = await FailsAsync("file://evil.patch");
        _ = await FailsAsync("file://link.patch");
        Assert.Equal("untouched\n", await File.ReadAllTextAsync(_files.At("work/victim")));
    }

    [Fact]
    public async Task A_binary_hunk_of_git_applies_even_inside_another_checkout()
    {
        await GitAsync("init", "-q", _files.Root);
        _files.Write("layer/bin.patch", """
            diff --git a/data.bin b/data.bin
            new file mode 100644
            index 0000000000000000000000000000000000000000..eaf36c1daccfdf325514461cd1a2ffbc139b5464
            GIT binary patch
            literal 4
            LcmZQzWMT#Y01f~L

            literal 0
            HcmV?d00001


            """);

        await ApplyAsync("file://bin.patch");
        Assert.Equal([0, 1, 2, 3], await File.ReadAllBytesAsync(_files.At("work/p-1.0/data.bin")));
    }

    [Fact]
    public void A_malformed_strip_level_is_reported()
    {
        _files.Write("layer/fix.patch", Patch);
        var diagnostics = new Diagnostics();

        Assert.Null(PatchSeries.Of(Plan("file://fix.patch;striplevel=x"), _files.At("work"), diagnostics));
        Assert.Equal("STR4042", Assert.Single(diagnostics.Sorted()).Rule.Code);
    }

    private static async Task GitAsync(params string[] arguments) =>
        Assert.True((await ProcessRunner.RunAsync(new() { Command = ["git", .. arguments] }, CancellationToken.None)).Succeeded);

    private string Source() => File.ReadAllText(_files.At("work/p-1.0/src/f.c"));

    private SourcePlan Plan(string uris)
    {
        var diagnostics = new Diagnostics();
        var plan = SourcePlan.Create(new() { Recipe = "hello", Place = new("hello.bb", 7), SourceUris = uris, FileSearchPath = [_files.At("layer")] }, diagnostics);
        Assert.Empty(diagnostics.Sorted());
        return plan!;
    }

    private async Task ApplyAsync(string uris)
    {
        var series = PatchSeries.Of(Plan(uris), _files.At("work"), new());
        var patcher = new Patcher(new()
        {
            SourceDirectory = _files.At("work/p-1.0"), WorkDirectory = _files.At("work"), SandboxWorkDirectory = "/build/work/p", Environment = HostEnvironment.Current,
        });
        await patcher.ApplyAsync(series!, _log.Add, CancellationToken.None);
    }

    private async Task<Diagnostic> FailsAsync(string uris) => (await Assert.ThrowsAsync<SourceException>(() => ApplyAsync(uris))).Problem;
}
