using FsCheck;
using FsCheck.Fluent;
using Strata.Cache;

namespace Strata.Tests.Cache;

public sealed class ArtifactDigestTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public void The_digest_of_a_known_tree_is_the_same_everywhere_and_for_ever() =>
        Assert.Equal("sha256:f7d7dbc079fbece59893f8d1e38fe27a8e5e86cab339060c10ca1a71eac0b878", ArtifactDigest.Of(_directory.Tree("a")).ToString());

    [Fact]
    public void Place_times_and_write_permission_do_not_matter()
    {
        var before = ArtifactDigest.Of(_directory.Tree("a"));
        _directory.Tree("b");
        File.SetLastWriteTimeUtc(_directory["b/usr/bin/greet"], DateTime.UnixEpoch);
        File.SetUnixFileMode(_directory["b/usr/share/greeting"], (UnixFileMode)0x1b6);
        File.SetUnixFileMode(_directory["b/usr"], (UnixFileMode)0x5fd);          // 02775: inherited from a shared workspace

        Assert.Equal(before, ArtifactDigest.Of(_directory["b"]));
    }

    public static TheoryData<string, Action<TemporaryDirectory>> Changes => new()
    {
        { "content", d => d.Write("a/usr/share/greeting", "Hello") },
        { "a new file", d => d.Write("a/usr/share/more", "") },
        { "a new empty directory", d => Directory.CreateDirectory(d["a/var/empty/er"]) },
        { "a missing file", d => File.Delete(d["a/usr/share/greeting"]) },
        { "another name", d => File.Move(d["a/usr/share/greeting"], d["a/usr/share/greetinG"]) },
        { "another place", d => File.Move(d["a/usr/share/greeting"], d["a/usr/greeting"]) },
        { "execute permission", d => File.SetUnixFileMode(d["a/usr/share/greeting"], (UnixFileMode)0x1ed) },
        { "read permission", d => File.SetUnixFileMode(d["a/usr/share/greeting"], (UnixFileMode)0x180) },
        { "set-user-id", d => File.SetUnixFileMode(d["a/usr/bin/greet"], (UnixFileMode)0x9ed) },
        { "another link target", d => Relink(d["a/usr/bin/hello"], "greeT") },
        { "a file in place of a link", d => { File.Delete(d["a/usr/bin/hello"]); d.Write("a/usr/bin/hello", "greet"); } },
        { "a link in place of a directory", d => { Directory.Delete(d["a/var/empty"]); File.CreateSymbolicLink(d["a/var/empty"], "."); } },
        { "a file in place of a directory", d => { Directory.Delete(d["a/var/empty"]); d.Write("a/var/empty", ""); } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Every_change_that_a_user_of_the_tree_could_see_changes_the_digest(string what, Action<TemporaryDirectory> change)
    {
        var before = ArtifactDigest.Of(_directory.Tree("a"));

        change(_directory);

        Assert.True(before != ArtifactDigest.Of(_directory["a"]), $"{what} went unnoticed");
    }

    [Fact]
    public void The_order_of_making_does_not_matter() => Prop.ForAll(Trees(), ArbMap.Default.ArbFor<int>(), (names, seed) =>
    {
        using var work = new TemporaryDirectory();
        Directory.CreateDirectory(work["a"]);
        Directory.CreateDirectory(work["b"]);
        foreach (var name in names) work.Write($"a/{name}", name);
        var shuffled = names.ToArray();
        new Random(seed).Shuffle(shuffled);
        foreach (var name in shuffled) work.Write($"b/{name}", name);

        return ArtifactDigest.Of(work["a"]) == ArtifactDigest.Of(work["b"]);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20).WithEndSize(12));

    [Fact]
    public void Two_trees_have_one_digest_only_when_they_are_equal() => Prop.ForAll(Trees(), Trees(), (first, second) =>
    {
        using var work = new TemporaryDirectory();
        Directory.CreateDirectory(work["a"]);
        Directory.CreateDirectory(work["b"]);
        foreach (var name in first) work.Write($"a/{name}", "");
        foreach (var name in second) work.Write($"b/{name}", "");

        return first.SetEquals(second) == (ArtifactDigest.Of(work["a"]) == ArtifactDigest.Of(work["b"]));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20).WithEndSize(12));

    [Fact]
    public void A_link_out_of_the_tree_is_not_followed()
    {
        File.CreateSymbolicLink(_directory["out"], "/");
        Directory.CreateDirectory(_directory["a"]);
        File.CreateSymbolicLink(_directory["a/root"], "/");
        File.CreateSymbolicLink(_directory["a/nowhere"], "/no/such/file");

        Assert.False(ArtifactDigest.Of(_directory["a"]).IsEmpty);
        Assert.Throws<StoreException>(() => ArtifactDigest.Of(_directory["out"]));
    }

    [Fact]
    public void A_missing_directory_is_reported() =>
        Assert.Equal("STR8004", Assert.Throws<StoreException>(() => ArtifactDigest.Of(_directory["none"])).Diagnostic.Rule.Code);

    public void Dispose() => _directory.Dispose();

    /// <summary>Names of files with a depth of two; files end in a letter and directories in a digit, so that they cannot clash.</summary>
    private static Arbitrary<HashSet<string>> Trees()
    {
        var file = from name in Gen.Elements("a", "b", "B", "ä", "a b", "a\nb", "-", "😀", "a.b") select name + "f";
        var path = from depth in Gen.Choose(0, 2)
                   from parents in Gen.ArrayOf(Gen.Elements("x1", "y2", "a3", "a-4"), depth)
                   from name in file
                   select string.Join('/', [.. parents, name]);
        return Gen.ListOf(path).Select(paths => paths.ToHashSet(StringComparer.Ordinal)).ToArbitrary();
    }

    private static void Relink(string path, string target)
    {
        File.Delete(path);
        File.CreateSymbolicLink(path, target);
    }
}
