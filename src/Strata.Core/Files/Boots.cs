namespace Strata.Core;

/// <summary>
/// Tells what has surely reached the disk. The kernel writes files out later than programs write them; a machine that goes down takes
/// with it what it did not come to, and leaves files with holes, the right size and no content. While the same boot lasts nothing is lost.
/// </summary>
/// <remarks>Costs no synchronisation: a sign of life that is lost itself only means that more is doubted.</remarks>
/// <param name="directory">Where signs of life are kept, a small file for each boot.</param>
public sealed class Boots(string directory)
{
    /// <summary>Seconds; Linux writes out what is older than half a minute, with laptop_mode than ten.</summary>
    private const long WrittenOutAfter = 900;

    private const long SecondsBetweenSigns = 60;
    private const string IdFile = "/proc/sys/kernel/random/boot_id";

    private static readonly string s_current = File.Exists(IdFile) ? File.ReadAllText(IdFile).Trim() : "unknown";

    private long _lastSign = -SecondsBetweenSigns;

    public static BootMoment Now => new(s_current, Environment.TickCount64 / 1000);

    /// <summary>Notes, once a minute at most, that the machine is still up.</summary>
    public void Sign()
    {
        var now = Now.Second;
        if (now - Interlocked.Read(ref _lastSign) < SecondsBetweenSigns) return;
        _ = Interlocked.Exchange(ref _lastSign, now);
        Directory.CreateDirectory(directory);
        File.WriteAllText(FileOf(s_current), $"{now}\n");
    }

    /// <summary>Whether what was written then is on the disk: the machine has been up ever since, or was for long enough.</summary>
    public bool HasReachedDisk(BootMoment written) => written.Boot == s_current || LastSign(written.Boot) - written.Second > WrittenOutAfter;

    private long LastSign(string boot) =>
        Guid.TryParse(boot, out _) && File.Exists(FileOf(boot)) && long.TryParse(File.ReadAllText(FileOf(boot)), out var second) ? second : 0;

    private string FileOf(string boot) => Path.Combine(directory, boot);
}
