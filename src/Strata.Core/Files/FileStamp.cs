using System.Globalization;

namespace Strata.Core;

/// <summary>What stat(2) says about a path, links followed: enough to notice every ordinary change without reading the file.</summary>
/// <param name="Modified">Nanoseconds since 1970; 0 where nothing is at the path.</param>
/// <param name="Changed">The same of the inode: also moves when a tool sets the modification time back.</param>
/// <param name="Size">Bytes of a file, -1 for a directory, -2 where nothing is at the path or nobody may look, -3 for a pipe, socket or device.</param>
/// <param name="Inode">Differs when a file is replaced by another one with the same times and size.</param>
public readonly record struct FileStamp(long Modified, long Changed, long Size, long Inode)
{
    private const long Second = 1_000_000_000;

    /// <summary>Kernels count file times in ticks of up to 10 ms and give a file the time of the last tick.</summary>
    private const long Tick = 20_000_000;

    public static FileStamp Nothing { get; } = new(0, 0, -2, 0);

    public bool IsPresent => Size != Nothing.Size;

    public bool IsDirectory => Size == -1;

    /// <summary>Reading anything else may wait for ever, or never end.</summary>
    public bool IsFile => Size >= 0;

    public static FileStamp Of(string path) => FileStatus.Follow(path) is { } status
        ? new(status.ExactlyModified, status.ExactlyChanged, SizeOf(status), (long)status.Inode)
        : Nothing;

    private static long SizeOf(FileStatus status) => status.Type switch
    {
        FileType.File => status.Size,
        FileType.Directory => -1,
        _ => -3,
    };

    /// <summary>
    /// Whether every change after <paramref name="time"/> gives another stamp. A file changed within the tick of its last change may
    /// keep its stamp, and file systems that count whole seconds have long ticks.
    /// </summary>
    public bool IsOlderThan(DateTimeOffset time)
    {
        // A date in the future was set by hand, and setting it was a change itself.
        var latest = Modified > Nanoseconds(Clock.Now) ? Changed : Math.Max(Modified, Changed);
        var tick = Modified % Second == 0 && Changed % Second == 0 ? 2 * Second : Tick;
        return latest + tick < Nanoseconds(time);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string text, out FileStamp stamp)
    {
        stamp = default;
        if (text.Split(',') is not [var modified, var changed, var size, var inode]
            || !TryNumber(modified, out var m) || !TryNumber(changed, out var c) || !TryNumber(size, out var s) || !TryNumber(inode, out var i)) return false;
        stamp = new(m, c, s, i);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Modified},{Changed},{Size},{Inode}");

    private static long Nanoseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
