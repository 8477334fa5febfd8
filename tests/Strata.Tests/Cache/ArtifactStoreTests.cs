using Strata.Cache;
using Strata.Core;

namespace Strata.Tests.Cache;

public sealed class ArtifactStoreTests : IDisposable
{
    private const string OtherBoot = "00000000-1111-2222-3333-444444444444";

    private static readonly Digest s_key = Digest.Of("key");

    private readonly TemporaryDirectory _directory = new();
    private readonly ArtifactStore _store;

    public ArtifactStoreTests() => _store = ArtifactStore.Open(_directory["store"]);

    [Fact]
    public void A_recorded_artifact_is_found_by_its_key_with_everything_in_it()
    {
        var expected = ArtifactDigest.Of(_directory.Tree("work"));

        var artifact = _store.Add(_directory["work"]);
        _store.Record(s_key, "greet:do_install", artifact);

        Assert.Equal(expected, artifact);
        Assert.Equal(artifact, _store.Find(s_key));
        Assert.False(Directory.Exists(_directory["work"]));
        Assert.Equal("hello", File.ReadAllText(Inside(artifact, "usr/share/greeting")));
        Assert.Equal("greet", new FileInfo(Inside(artifact, "usr/bin/hello")).LinkTarget);
        Assert.Equal(expected, ArtifactDigest.Of(_store.PathOf(artifact)));
    }

    [Fact]
    public void An_unknown_key_is_not_found() => Assert.Null(_store.Find(s_key));

    [Fact]
    public void What_was_found_is_found_after_reopening()
    {
        var artifact = AddRecorded("work");
        _store.Dispose();

        using var again = ArtifactStore.Open(_store.Root);
        Assert.Equal(artifact, again.Find(s_key));
    }

    [Fact]
    public void A_stored_artifact_is_read_only_and_its_times_are_the_epoch()
    {
        var artifact = _store.Add(_directory.Tree("work"));

        var all = Directory.GetFileSystemEntries(_store.PathOf(artifact), "*", SearchOption.AllDirectories).Append(_store.PathOf(artifact));
        foreach (var path in all)
        {
            var status = FileStatus.Find(path)!.Value;
            Assert.Equal(1, status.Modified.ToUnixTimeSeconds());
            if (status.Type != FileType.Link) Assert.Equal(0, status.Permissions & 0x92);
        }
    }

    [Fact]
    public void Adding_the_same_again_takes_the_second_directory_away()
    {
        var first = _store.Add(_directory.Tree("one"));
        var second = _store.Add(_directory.Tree("two"));

        Assert.Equal(first, second);
        Assert.False(Directory.Exists(_directory["two"]));
        Assert.Empty(Directory.GetFileSystemEntries(_directory["store/incoming"]));
    }

    [Fact]
    public void An_empty_directory_is_an_artifact_too()
    {
        var artifact = _store.Add(Directory.CreateDirectory(_directory["empty"]).FullName);

        Assert.True(_store.Has(artifact));
        Assert.Equal(artifact, _store.Add(Directory.CreateDirectory(_directory["empty"]).FullName));
    }

    [Fact]
    public void Set_user_id_is_kept()
    {
        File.SetUnixFileMode(_directory.Write("work/su", "x"), (UnixFileMode)0x9ed);      // 04755

        var artifact = _store.Add(_directory["work"]);

        Assert.Equal((UnixFileMode)0x96d, File.GetUnixFileMode(Inside(artifact, "su")));  // 04555
    }

    [Fact]
    public void Files_and_directories_closed_to_their_owner_can_be_stored()
    {
        File.SetUnixFileMode(_directory.Write("work/closed/secret", "x"), UnixFileMode.None);
        File.SetUnixFileMode(_directory["work/closed"], UnixFileMode.None);

        var artifact = _store.Add(_directory["work"]);

        Assert.Equal("x", File.ReadAllText(Inside(artifact, "closed/secret")));
    }

    [Fact]
    public async Task Hard_links_to_the_outside_are_cut_and_those_inside_are_kept()
    {
        _directory.Write("outside", "shared");
        _directory.Write("work/a", "twins");
        await Run("ln", _directory["outside"], _directory["work/inside"]);
        await Run("ln", _directory["work/a"], _directory["work/b"]);

        var artifact = _store.Add(_directory["work"]);
        File.WriteAllText(_directory["outside"], "changed behind the store's back");

        Assert.Equal("shared", File.ReadAllText(Inside(artifact, "inside")));
        Assert.Equal(2u, FileStatus.Find(Inside(artifact, "a"))!.Value.Links);
        Assert.Equal(UnixFileMode.UserWrite, File.GetUnixFileMode(_directory["outside"]) & UnixFileMode.UserWrite);
        Assert.Null(_store.Verify(artifact));
    }

    [Fact]
    public async Task A_named_pipe_is_refused_and_the_tree_stays_where_it_is()
    {
        _directory.Tree("work");
        await Run("mkfifo", _directory["work/usr/pipe"]);

        var e = Assert.Throws<StoreException>(() => _store.Add(_directory["work"]));

        Assert.Equal("STR8005", e.Diagnostic.Rule.Code);
        Assert.Contains("named pipe", e.Message, StringComparison.Ordinal);
        Assert.Equal(_directory["work/usr/pipe"], e.Diagnostic.Place.File);
        Assert.True(File.Exists(_directory["work/usr/share/greeting"]));
    }

    [Fact]
    public async Task A_name_that_is_no_text_is_refused()
    {
        _directory.Tree("work");
        await Run("sh", "-c", "touch \"$0/$(printf 'caf\\351')\"", _directory["work/usr"]);

        Assert.Equal("STR8006", Assert.Throws<StoreException>(() => _store.Add(_directory["work"])).Diagnostic.Rule.Code);
        await Run("rm", "-r", _directory["work"]);
    }

    [Fact]
    public void A_missing_directory_is_refused() =>
        Assert.Equal("STR8004", Assert.Throws<StoreException>(() => _store.Add(_directory["none"])).Diagnostic.Rule.Code);

    [Fact]
    public void A_cancelled_add_leaves_the_tree_where_it_was()
    {
        _directory.Tree("work");

        Assert.ThrowsAny<OperationCanceledException>(() => _store.Add(_directory["work"], new CancellationToken(canceled: true)));

        Assert.True(File.Exists(_directory["work/usr/share/greeting"]));
        Assert.Empty(Directory.GetFileSystemEntries(_directory["store/incoming"]));
    }

    [Fact]
    public void A_tree_on_another_file_system_is_copied()
    {
        const string Memory = "/dev/shm";
        if (!Directory.Exists(Memory) || FileStatus.Find(Memory)!.Value.Device == FileStatus.Find(_directory.Path)!.Value.Device)
            Assert.Skip("there is only one file system here");
        using var elsewhere = new TemporaryDirectory(Memory);
        File.SetUnixFileMode(elsewhere.Tree("work") + "/var/empty", (UnixFileMode)0x16d);
        var expected = ArtifactDigest.Of(elsewhere["work"]);

        var artifact = _store.Add(elsewhere["work"]);

        Assert.Equal(expected, artifact);
        Assert.Null(_store.Verify(artifact));
        Assert.False(Directory.Exists(elsewhere["work"]));
    }

    public static TheoryData<string, Action<string>> Losses => new()
    {
        { "a missing file", path => File.Delete(Path.Combine(path, "usr/share/greeting")) },
        { "a cut file", path => File.WriteAllText(Path.Combine(path, "usr/share/greeting"), "") },
        { "a missing directory", path => Directory.Delete(Path.Combine(path, "var/empty")) },
        { "a missing manifest", path => File.Delete(path + ".json") },
        { "a cut manifest", path => File.WriteAllText(path + ".json", "{\"entr") },
        { "a missing artifact", FileTree.Delete },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void An_incomplete_artifact_is_not_found_and_adding_it_again_heals_it(string what, Action<string> lose)
    {
        var artifact = AddRecorded("work");
        MakeWritable(_store.PathOf(artifact));
        lose(_store.PathOf(artifact));

        using var again = ArtifactStore.Open(_store.Root);
        Assert.True(again.Find(s_key) is null, $"{what} went unnoticed");

        Assert.Equal(artifact, again.Add(_directory.Tree("rebuilt")));
        Assert.Equal(artifact, again.Find(s_key));
        Assert.Null(again.Verify(artifact));
    }

    /// <summary>What power loss leaves of files that were not written out: some keep their size and lose their content.</summary>
    [Theory]
    [InlineData(0, 10, false)]
    [InlineData(0, 5000, true)]
    public void After_the_machine_went_down_right_sizes_are_not_enough(long written, long lastSign, bool isTrusted)
    {
        var artifact = AddRecorded("work");
        Pretend(artifact, written, lastSign);
        Zero(Inside(artifact, "usr/share/greeting"));

        using var after = ArtifactStore.Open(_store.Root);

        Assert.Equal(isTrusted, after.Find(s_key) == artifact);
        Assert.Equal("STR8007", Assert.Single(after.VerifyAll()).Rule.Code);
        Assert.Equal(artifact, after.Add(_directory.Tree("rebuilt")));
        after.Record(s_key, "greet:do_install", artifact);
        Assert.Equal(artifact, after.Find(s_key));
    }

    [Fact]
    public void What_survived_is_read_once_and_then_believed()
    {
        var artifact = AddRecorded("work");
        Pretend(artifact, 100, 110);

        using (var after = ArtifactStore.Open(_store.Root)) Assert.Equal(artifact, after.Find(s_key));

        Assert.DoesNotContain(OtherBoot, File.ReadAllText(_store.PathOf(artifact) + ".json"), StringComparison.Ordinal);
        using var later = ArtifactStore.Open(_store.Root);
        Assert.Equal(artifact, later.Find(s_key));
    }

    /// <summary>Truncates or zeroes any one file of the store, as a file system may after power loss; nothing wrong is found afterwards.</summary>
    [Fact]
    public void Whichever_file_is_lost_with_the_machine_nothing_half_written_is_found()
    {
        var artifact = AddRecorded("work");
        _ = _store.List();
        _store.Dispose();
        var random = new Random(1);
        for (var round = 0; round < 40; round++)
        {
            Pretend(artifact, 100, 110);
            var files = Directory.GetFiles(_store.Root, "*", SearchOption.AllDirectories).Where(f => new FileInfo(f).Length > 0).Order(StringComparer.Ordinal).ToArray();
            var file = files[random.Next(files.Length)];
            if (random.Next(2) == 0) Zero(file);
            else Cut(file, random.Next((int)new FileInfo(file).Length));

            using var after = ArtifactStore.Open(_store.Root);
            if (after.Find(s_key) is { } found)
            {
                Assert.Equal(artifact, found);
                Assert.Equal(artifact, ArtifactDigest.Of(after.PathOf(found)));
            }
            Assert.Equal(artifact, after.Add(_directory.Tree("rebuilt")));
            after.Record(s_key, "greet:do_install", artifact);
            Assert.Equal(artifact, after.Find(s_key));
            Assert.Equal(artifact, ArtifactDigest.Of(after.PathOf(artifact)));
            Assert.Equal(1, after.Statistics().Artifacts);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha256:abc greet:do_install\n")]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000 cut o")]
    public void A_damaged_key_file_reads_as_an_unknown_key(string text)
    {
        var artifact = AddRecorded("work");
        var file = Path.Combine(_store.Root, "keys", s_key.Hex[..2], s_key.Hex);
        File.WriteAllText(file, text);

        Assert.Null(_store.Find(s_key));
        _store.Record(s_key, "greet:do_install", artifact);
        Assert.Equal(artifact, _store.Find(s_key));
    }

    [Fact]
    public void A_flipped_bit_is_found_by_verifying_and_the_artifact_is_discarded()
    {
        var artifact = AddRecorded("work");
        var file = Inside(artifact, "usr/share/greeting");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.WriteAllText(file, "hellp");

        var damaged = Assert.Single(_store.VerifyAll());

        Assert.Equal("STR8007", damaged.Rule.Code);
        Assert.Null(_store.Find(s_key));
        Assert.Empty(_store.List());
        Assert.Empty(_store.VerifyAll());
    }

    public static TheoryData<string, string> Flips => new()
    {
        { "artifacts/*/*/usr/share/greeting", "STR8007" },
        { "artifacts/*/*.json", "" },
        { "keys/*/*", "" },
        { "index.db", "" },
    };

    /// <summary>Whichever byte it is, nothing wrong is found any more, and storing it again heals what verifying did not.</summary>
    [Theory]
    [MemberData(nameof(Flips))]
    public void Any_flipped_byte_is_noticed_or_harmless(string pattern, string expected)
    {
        var artifact = AddRecorded("work");
        _ = _store.List();
        _store.Dispose();
        var (path, size) = Single(pattern);
        for (var at = 0L; at < Math.Min(size, new FileInfo(path).Length); at += Math.Max(1, size / 40))
        {
            Flip(path, at);
            using var store = ArtifactStore.Open(_store.Root);
            var damaged = store.VerifyAll();
            Assert.True(store.Find(s_key) is null || store.Find(s_key) == artifact, $"byte {at} leads astray");
            if (expected.Length > 0) Assert.Equal(expected, Assert.Single(damaged).Rule.Code);
            Assert.InRange(store.Statistics().Artifacts, 0, 1);
            Assert.Equal(artifact, store.Add(_directory.Tree("rebuilt")));
            store.Record(s_key, "greet:do_install", artifact);
            Assert.Equal(artifact, store.Find(s_key));
            Assert.Empty(store.VerifyAll());
            Assert.Equal(new StoreStatistics(1, 1, 8, 15), store.Statistics());
        }
    }

    [Fact]
    public void Recording_what_is_not_there_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => _store.Record(s_key, "x:do_y", Digest.Of("nothing")));

    [Fact]
    public void Many_threads_and_two_openings_may_add_and_find_the_same_at_once()
    {
        using var other = ArtifactStore.Open(_store.Root);
        var trees = Enumerable.Range(0, 24).Select(i => _directory.Tree($"work{i}", $"content {i % 3}")).ToArray();

        Parallel.For(0, trees.Length, i =>
        {
            var store = i % 2 == 0 ? _store : other;
            var artifact = store.Add(trees[i]);
            store.Record(Digest.Of($"{i}"), $"t{i % 3}:do_x", artifact);
            Assert.Equal(artifact, store.Find(Digest.Of($"{i}")));
        });

        Assert.Equal(3, _store.List().Length);
        Assert.Empty(_store.VerifyAll());
    }

    [Fact]
    public void The_list_and_the_statistics_say_what_is_there_even_when_the_index_was_deleted_or_damaged()
    {
        var artifact = AddRecorded("work");
        _store.Record(Digest.Of("shallow"), "greet:do_install", artifact);
        _store.Record(Digest.Of("other"), "another:do_install", artifact);
        var expected = _store.List();

        Assert.Equal(["another:do_install", "greet:do_install"], Assert.Single(expected).Names);
        Assert.Equal((artifact, 8, 15L), (expected[0].Digest, expected[0].Entries, expected[0].Bytes));
        Assert.Equal(new StoreStatistics(1, 3, 8, 15), _store.Statistics());

        File.Delete(_directory["store/index.db"]);
        Assert.Equal(new StoreStatistics(1, 3, 8, 15), _store.Statistics());

        File.WriteAllText(_directory["store/index.db"], string.Concat(Enumerable.Repeat("this is no database", 500)));
        Assert.Equal(new StoreStatistics(1, 3, 8, 15), _store.Statistics());
    }

    [Fact]
    public void A_key_recorded_anew_leads_to_the_new_artifact()
    {
        AddRecorded("work");
        _store.List();
        var second = _store.Add(_directory.Tree("second", "other content"));
        _store.Record(s_key, "renamed:do_install", second);

        Assert.Equal(second, _store.Find(s_key));
        Assert.Equal(["renamed:do_install"], _store.List().Single(a => a.Digest == second).Names);
    }

    [Fact]
    public void Finding_and_adding_do_not_open_the_index()
    {
        AddRecorded("work");
        _store.Find(s_key);

        Assert.False(File.Exists(_directory["store/index.db"]));
    }

    /// <summary>As if the artifact had been written in an earlier boot, which was last seen at the given second.</summary>
    private void Pretend(Digest artifact, long written, long lastSign)
    {
        var manifest = ArtifactManifest.Of(Tree.Read(_store.PathOf(artifact))) with { Written = new(OtherBoot, written) };
        File.WriteAllBytes(_store.PathOf(artifact) + ArtifactManifest.Extension, manifest.ToJson());
        _directory.Write($"store/boots/{OtherBoot}", $"{lastSign}\n");
    }

    private static void Zero(string file) => Overwrite(file, new byte[new FileInfo(file).Length]);

    private static void Cut(string file, int length) => Overwrite(file, File.ReadAllBytes(file)[..length]);

    private static void Overwrite(string file, byte[] bytes)
    {
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.WriteAllBytes(file, bytes);
    }

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    private Digest AddRecorded(string name)
    {
        var artifact = _store.Add(_directory.Tree(name));
        _store.Record(s_key, "greet:do_install", artifact);
        return artifact;
    }

    private (string Path, long Size) Single(string pattern)
    {
        var path = pattern.Split('/').Aggregate(_store.Root, (directory, name) =>
            Directory.GetFileSystemEntries(directory, name).Order(StringComparer.Ordinal).First());
        return (path, new FileInfo(path).Length);
    }

    private static void Flip(string path, long at)
    {
        var mode = File.GetUnixFileMode(path);
        File.SetUnixFileMode(path, mode | UnixFileMode.UserWrite);
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
        File.SetUnixFileMode(path, mode);
    }

    private string Inside(Digest artifact, string path) => Path.Combine(_store.PathOf(artifact), path);

    private static void MakeWritable(string directory)
    {
        foreach (var path in Directory.GetFileSystemEntries(directory, "*", SearchOption.AllDirectories).Append(directory))
            if (FileStatus.Find(path) is { Type: not FileType.Link } status) Posix.SetMode(path, status.Permissions | 0x80);
    }

    private static async Task Run(params string[] command)
    {
        var outcome = await ProcessRunner.RunAsync(new() { Command = [.. command] }, TestContext.Current.CancellationToken);
        Assert.True(outcome.Succeeded, outcome.Error);
    }
}
