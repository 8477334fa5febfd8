using Strata.Core;

namespace Strata.Cli.Reproducibility;

/// <summary>
/// A directory in which every listing comes backwards, by disorderfs: programs that take files in the order of the disk write something else
/// then. An ordinary directory where disorderfs is not installed or cannot be mounted.
/// </summary>
internal sealed class ReversedDirectory : IAsyncDisposable
{
    private readonly string _directory;

    private ReversedDirectory(string directory, bool isReversed) => (_directory, IsReversed) = (directory, isReversed);

    public bool IsReversed { get; }

    /// <summary>Where the files are while the other one shows them.</summary>
    private string Disk => _directory + ".disk";

    /// <param name="directory">Does not exist yet; afterwards it has all that was written into it.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<ReversedDirectory> MountAsync(string directory, CancellationToken cancel)
    {
        var reversed = new ReversedDirectory(directory, isReversed: true);
        Directory.CreateDirectory(directory);
        Directory.CreateDirectory(reversed.Disk);
        if (await SucceedsAsync(["disorderfs", "--quiet", "--multi-user=no", "--sort-dirents=yes", "--reverse-dirents=yes", reversed.Disk, directory], cancel)) return reversed;
        Directory.Delete(reversed.Disk);
        return new(directory, isReversed: false);
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsReversed || !await SucceedsAsync(["fusermount", "-u", _directory], CancellationToken.None)) return;
        Directory.Delete(_directory);
        Directory.Move(Disk, _directory);
    }

    private static async Task<bool> SucceedsAsync(string[] command, CancellationToken cancel)
    {
        try
        {
            return (await ProcessRunner.RunAsync(new() { Command = [.. command] }, cancel)).Succeeded;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }
}
