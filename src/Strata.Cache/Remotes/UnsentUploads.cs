using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// What was offered to one remote and has not arrived yet: a file for each, beside the store, until it has. So a build that is ended
/// before everything is sent leaves the rest to the next one. Only a favour: what cannot be written down is not remembered.
/// </summary>
/// <param name="directory">Of this remote alone.</param>
internal sealed class UnsentUploads(string directory)
{
    private const string End = "end";

    public static UnsentUploads Of(string remote, string storeRoot) => new(Path.Combine(storeRoot, "unsent", Digest.Of(remote).Hex));

    public void Add(Upload upload) => Try(() =>
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(FileOf(upload), string.Join('\n', [upload.Name, upload.Artifact.ToString(), .. upload.Keys.Select(k => k.ToString()), End]));
    });

    public void Remove(Upload upload) => Try(() => File.Delete(FileOf(upload)));

    /// <summary>What earlier builds left, ordinal by file name. What cannot be read, or is of no use to anybody any more, is forgotten.</summary>
    /// <param name="isThere">Whether the store has the artifact.</param>
    /// <param name="explain">What the keys of a task's artifact were made from, if somebody knows.</param>
    public ImmutableArray<Upload> All(Func<Digest, bool> isThere, Func<string, ImmutableArray<Digest>, KeyBundle?> explain)
    {
        var found = ImmutableArray.CreateBuilder<Upload>();
        Try(() =>
        {
            foreach (var file in Directory.Exists(directory) ? Directory.GetFiles(directory).Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
                if (Parse(File.ReadAllText(file), explain) is { } upload && FileOf(upload) == file && isThere(upload.Artifact)) found.Add(upload);
                else File.Delete(file);
        });
        return found.ToImmutable();
    }

    private static Upload? Parse(string text, Func<string, ImmutableArray<Digest>, KeyBundle?> explain)
    {
        if (text.Split('\n') is not [var name, var artifact, .. var words, End] || !Digest.TryParse(artifact, out var digest)) return null;
        var keys = words.Select(w => Digest.TryParse(w, out var key) ? key : (Digest?)null).OfType<Digest>().ToImmutableArray();
        return keys.Length == words.Length ? new(name, digest, keys, () => explain(name, keys)) : null;
    }

    /// <summary>The same offer has the same name, whoever makes it.</summary>
    private string FileOf(Upload upload) =>
        Path.Combine(directory, Digest.Of(string.Join('\n', [upload.Name, upload.Artifact.ToString(), .. upload.Keys.Select(k => k.ToString())])).Hex);

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (StoreErrors.Covers(e))
        {
            // It is sent now all the same, or by whoever builds it.
        }
    }
}
