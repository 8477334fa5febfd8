using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;

namespace Strata.Execution;

/// <summary>
/// What directories of a work directory held before a task changed them, kept beside it until the task has ended well. A task that was
/// interrupted or failed starts again from there, and what was done before it stays done.
/// </summary>
/// <param name="place">The work directory on this host.</param>
/// <param name="taskName">The task that it is kept for.</param>
/// <param name="directories">As paths in the sandbox.</param>
/// <param name="boots">A copy that a machine may have lost when it went down is none.</param>
internal sealed class Savepoint(string place, string taskName, ImmutableArray<string> directories, Boots boots)
{
    /// <summary>Written last: without it the copy is not complete.</summary>
    private const string Mark = "complete";

    private readonly string _copy = Path.Combine(place + ".saved", taskName);
    private readonly Digest _key = Digest.Of(string.Join('\n', directories));

    /// <summary>Whether there is a complete copy of these directories.</summary>
    public bool Exists()
    {
        var mark = Path.Combine(_copy, Mark);
        return File.Exists(mark) && Stamp.Parse(File.ReadAllText(mark)) is { IsDone: true } made && made.Key == _key && boots.HasReachedDisk(made.Written);
    }

    /// <summary>Takes the directories back to what they were if there is a copy, and makes one otherwise.</summary>
    /// <exception cref="IOException">They cannot be taken back. That no copy can be made costs a repetition at worst and is no error.</exception>
    public async Task EnterAsync(WorkDirectory work, CancellationToken cancel)
    {
        ImmutableArray<string> paths = [.. directories.Select(d => work.Require(d, "cleandirs")).SelectMany(d => (string[])[d, FakerootScript.OwnersOf(d)])];
        if (Exists())
        {
            await RestoreAsync(paths, cancel);
            return;
        }
        try
        {
            await MakeAsync(paths, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Forget();
        }
    }

    public void Forget() => FileTree.Delete(_copy);

    private async Task MakeAsync(ImmutableArray<string> paths, CancellationToken cancel)
    {
        Forget();
        Directory.CreateDirectory(_copy);
        for (var i = 0; i < paths.Length; i++)
            if (Path.Exists(paths[i])) await DirectoryCopy.MakeAsync([paths[i]], CopyOf(i), cancel);
        boots.Sign();
        AtomicFile.WriteAllText(Path.Combine(_copy, Mark), new Stamp(true, _key, Boots.Now, []).ToString());
    }

    /// <summary>The copy stays: this can be interrupted, too.</summary>
    private async Task RestoreAsync(ImmutableArray<string> paths, CancellationToken cancel)
    {
        for (var i = 0; i < paths.Length; i++)
        {
            FileTree.Delete(paths[i]);
            if (Directory.Exists(CopyOf(i))) await DirectoryCopy.MakeAsync([Path.Combine(CopyOf(i), Path.GetFileName(paths[i]))], Path.GetDirectoryName(paths[i])!, cancel);
        }
    }

    private string CopyOf(int index) => Path.Combine(_copy, index.ToString(CultureInfo.InvariantCulture));
}
