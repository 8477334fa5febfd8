using Strata.Core;

namespace Strata.Tests.Core;

public sealed class FileStampTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly string _directory = Directory.CreateTempSubdirectory("strata-stamp-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Says_what_is_at_a_path()
    {
        var file = Path.Combine(_directory, "ä file");
        File.WriteAllText(file, "12345");
        var stamp = FileStamp.Of(file);

        Assert.Equal(5, stamp.Size);
        Assert.Equal(File.GetLastWriteTimeUtc(file).Ticks, DateTimeOffset.UnixEpoch.Ticks + (stamp.Modified / 100));
        Assert.True(FileStamp.Of(_directory).IsDirectory);
        Assert.False(FileStamp.Of(file + "/below").IsPresent);
        Assert.Equal(FileStamp.Nothing, FileStamp.Of(Path.Combine(_directory, new string('x', 300))));
    }

    [Fact]
    public void Changes_when_a_file_is_replaced_by_one_of_the_same_size_and_time()
    {
        var (file, other) = (Path.Combine(_directory, "a"), Path.Combine(_directory, "b"));
        foreach (var path in (string[])[file, other])
        {
            File.WriteAllText(path, "12345");
            File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        }
        var before = FileStamp.Of(file);
        File.Move(other, file, overwrite: true);

        Assert.NotEqual(before, FileStamp.Of(file));
    }

    [Fact]
    public void Survives_being_written_down()
    {
        var stamp = new FileStamp(-1, long.MaxValue, -2, 7);

        Assert.True(FileStamp.TryParse(stamp.ToString(), out var read));
        Assert.Equal(stamp, read);
        Assert.False(FileStamp.TryParse("1,2,3", out _));
        Assert.False(FileStamp.TryParse("1,2,3,x", out _));
    }

    [Theory]
    [InlineData(5, 0, 5, 1, 10, true)]
    [InlineData(10, -100, 5, 1, 10, false)]
    [InlineData(5, 1, 10, -100, 10, false)]
    [InlineData(9, 0, 9, 1, 10, true)]
    [InlineData(9, 0, 9, 0, 10, false)]
    [InlineData(99, 1, 5, 1, 10, false)]
    public void A_young_stamp_may_hide_a_change(long modifiedSecond, long modifiedRest, long changedSecond, long changedRest, long time, bool isOlder)
    {
        var stamp = new FileStamp((modifiedSecond * Second) + modifiedRest, (changedSecond * Second) + changedRest, 1, 1);

        Assert.Equal(isOlder, stamp.IsOlderThan(DateTimeOffset.FromUnixTimeSeconds(time)));
    }
}
