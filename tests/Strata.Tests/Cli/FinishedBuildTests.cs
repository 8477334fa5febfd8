using System.Collections.Immutable;
using Strata.Cli;
using Strata.Cli.NoOp;
using Strata.Core;

namespace Strata.Tests.Cli;

public sealed class FinishedBuildTests : IDisposable
{
    private static readonly string[] s_request = ["build", "image"];
    private readonly string _top = Directory.CreateTempSubdirectory("strata-noop-").FullName;

    public void Dispose() => Directory.Delete(_top, recursive: true);

    [Fact]
    public void An_unchanged_workspace_has_nothing_to_do()
    {
        Remember(Write("recipe.bb", "A"));

        Assert.True(FinishedBuild.StillStands(Workspace(), s_request));
    }

    [Fact]
    public void An_edited_a_removed_and_a_new_file_are_noticed()
    {
        var (edited, removed, absent) = (Write("edited.bb", "A"), Write("removed.bb", "A"), Path.Combine(_top, "absent.bb"));
        foreach (var change in new Action[] { () => Write("edited.bb", "AB"), () => File.Delete(removed), () => Write("absent.bb", "A") })
        {
            Remember(edited, removed, absent);
            change();
            Assert.False(FinishedBuild.StillStands(Workspace(), s_request));
        }
    }

    [Fact]
    public void Another_target_or_machine_is_another_build()
    {
        Remember(Write("recipe.bb", "A"));

        Assert.False(FinishedBuild.StillStands(Workspace(), ["build", "other"]));
        Assert.False(FinishedBuild.StillStands(Workspace(("MACHINE", "qemux86-64")), s_request));
    }

    [Fact]
    public void A_file_edited_during_the_build_counts_as_changed()
    {
        var path = Write("recipe.bb", "A");
        FinishedBuild.Remember(Workspace(), s_request, [path], [], Clock.Now - TimeSpan.FromSeconds(10));

        Assert.False(FinishedBuild.StillStands(Workspace(), s_request));
    }

    [Fact]
    public void A_file_dated_in_the_future_is_as_good_as_any_other()
    {
        var path = Write("recipe.bb", "A");
        var future = DateTime.UnixEpoch.AddYears(200);
        File.SetLastWriteTimeUtc(path, future);
        Remember(path);
        Assert.True(FinishedBuild.StillStands(Workspace(), s_request));

        Write("recipe.bb", "B");
        File.SetLastWriteTimeUtc(path, future);
        Assert.False(FinishedBuild.StillStands(Workspace(), s_request));

        FinishedBuild.Remember(Workspace(), s_request, [path], [], Clock.Now - TimeSpan.FromSeconds(10));     // changed during the build
        Assert.False(FinishedBuild.StillStands(Workspace(), s_request));
    }

    [Fact]
    public void A_damaged_record_is_no_record()
    {
        Remember(Write("recipe.bb", "A"));
        var record = Directory.EnumerateFiles(Path.Combine(_top, "build/cache/finished")).Single();
        File.WriteAllText(record, File.ReadAllText(record)[..^20]);

        Assert.False(FinishedBuild.StillStands(Workspace(), s_request));
    }

    private void Remember(params string[] paths) =>
        FinishedBuild.Remember(Workspace(), s_request, paths, paths, Clock.Now + TimeSpan.FromSeconds(10));

    private Workspace Workspace(params (string Name, string Value)[] variables) =>
        new(_top, variables.ToImmutableSortedDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_top, name);
        File.WriteAllText(path, text);
        return path;
    }
}
