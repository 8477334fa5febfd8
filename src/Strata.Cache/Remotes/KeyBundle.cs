using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// The keys that explain an artifact, with their fields: that of the task that made it, and those of the tasks below it down to the next
/// artifacts, which have bundles of their own.
/// </summary>
/// <param name="Task">The task that made the artifact.</param>
/// <param name="Keys">Deep keys by the name of the task, that one among them.</param>
public sealed record KeyBundle(string Task, ImmutableSortedDictionary<string, TaskKey> Keys)
{
    /// <summary>Compressed; hundreds of tasks take a tenth of it.</summary>
    internal const long MostBytes = 4 << 20;

    private const int MostText = 64 << 20;

    /// <summary>The key of the task itself.</summary>
    public Digest Key => Keys[Task].Digest;

    /// <summary>Under which a remote keeps the bundle of a key.</summary>
    internal static Digest PlaceOf(Digest key) => Digest.Of($"strata/keys/1/{key}");

    /// <summary>Under which a remote keeps the bundle of the key that a task had when it was sent last.</summary>
    internal static Digest LatestOf(string task) => Digest.Of($"strata/latest-key/1/{task}");

    internal byte[] ToBytes()
    {
        var tasks = Keys.ToDictionary(k => k.Key, k => new KeyFields(k.Value.ToString(), new(k.Value.Fields)));
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Optimal)) JsonSerializer.Serialize(brotli, new BundleDocument(Task, tasks), RecordJson.Default.BundleDocument);
        return bytes.ToArray();
    }

    /// <summary>Null when the bytes are no bundle. What is shown of it cannot steer a terminal.</summary>
    internal static KeyBundle? Parse(Stream bytes)
    {
        try
        {
            using var brotli = new BrotliStream(bytes, CompressionMode.Decompress);
            var text = new byte[MostText];
            var length = brotli.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
            if (length == text.Length || JsonSerializer.Deserialize(text.AsSpan(0, length), RecordJson.Default.BundleDocument) is not { Task: { } task, Tasks: { } tasks }) return null;
            var keys = ImmutableSortedDictionary.CreateBuilder<string, TaskKey>(StringComparer.Ordinal);
            foreach (var (name, (key, fields)) in tasks)
            {
                if (fields is null || !Digest.TryParse(key ?? "", out var digest)) return null;
                keys[Shown(name)] = new(digest, fields.ToImmutableSortedDictionary(f => Shown(f.Key), f => Shown(f.Value ?? ""), StringComparer.Ordinal));
            }
            return keys.ContainsKey(task) ? new(task, keys.ToImmutable()) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Shown(string text) => text.Any(IsControl) ? string.Concat(text.Select(c => IsControl(c) ? '\uFFFD' : c)) : text;

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
