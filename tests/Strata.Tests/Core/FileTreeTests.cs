using Strata.Core;

namespace Strata.Tests.Core;

public sealed class FileTreeTests : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("strata-tree-").FullName;

    [Fact]
    public async Task Read_only_directories_closed_ones_and_names_that_are_no_text_go()
    {
        await Shell("""
            mkdir -p tree/closed/deep "tree/$(printf 'caf\351')/more"
            touch tree/closed/deep/file "tree/$(printf 'caf\351')/more/$(printf 'b\377d')"
            ln -s ../kept tree/link
            mkdir kept && touch kept/file
            chmod 555 tree/closed/deep && chmod 000 tree/closed
            """);

        FileTree.Delete(Path.Combine(_top, "tree"));

        Assert.Equal([Path.Combine(_top, "kept")], Directory.GetFileSystemEntries(_top));
        Assert.True(File.Exists(Path.Combine(_top, "kept/file")));
    }

    [Fact]
    public async Task A_link_goes_and_what_it_points_to_stays()
    {
        await Shell("mkdir kept && touch kept/file && ln -s kept link");

        FileTree.Delete(Path.Combine(_top, "link") + "/");

        Assert.Equal([Path.Combine(_top, "kept")], Directory.GetFileSystemEntries(_top));
        Assert.True(File.Exists(Path.Combine(_top, "kept/file")));
    }

    [Fact]
    public void What_is_absent_needs_no_removal() => FileTree.Delete(Path.Combine(_top, "none/at/all"));

    public void Dispose() => FileTree.Delete(_top);

    private async Task Shell(string script)
    {
        var outcome = await ProcessRunner.RunAsync(new() { Command = ["sh", "-euc", script], WorkingDirectory = _top }, TestContext.Current.CancellationToken);
        Assert.True(outcome.Succeeded, outcome.Error);
    }
}
