using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Strata.Core;

namespace Strata.Metadata.Caching;

/// <summary>
/// One file per workspace and what comes into it from outside, in a form that only the same program reads: a head that says which
/// program and request it belongs to, a checksum, the content. Whatever else is found counts as nothing.
/// </summary>
internal sealed class CacheFile
{
    private const string Schema = "strata/parse-cache/2";
    private const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>Enough for the configurations of a workspace and a few machines beside them.</summary>
    private const int Kept = 16;

    private static readonly TimeSpan s_longestWrite = TimeSpan.FromHours(1);

    /// <summary>How far the time of a cache may be behind its last use.</summary>
    private static readonly TimeSpan s_useNoted = TimeSpan.FromDays(1);

    private readonly string _path;
    private readonly byte[] _head;

    public CacheFile(string directory, MetadataRequest request)
    {
        var workspace = new KeyBuilder(Schema).Add("top", request.TopDirectory).Add("multiconfig", request.Multiconfig)
            .Add("architecture", request.BuildArchitecture).Add("processors", request.Processors.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < request.Layers?.Length; i++) workspace.Add($"layer:{i}", request.Layers.Value[i]);
        foreach (var (name, value) in request.Variables) workspace.Add($"var:{name}", value);
        var identity = workspace.Build().Digest;
        _path = Path.Combine(directory, identity.Hex);

        // A text that is read in another way by another version of the program must not be taken over from that.
        var modules = new[] { typeof(CacheFile), typeof(Digest) }.Select(t => t.Module.ModuleVersionId.ToString());
        _head = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [Schema, identity.Hex, .. modules])));
    }

    /// <summary>Null if there is none, or none that this program wrote for this request.</summary>
    public CacheContent? Read()
    {
        try
        {
            var bytes = File.ReadAllBytes(_path);
            var start = 2 * HashSize;
            if (bytes.Length < start || !bytes.AsSpan(0, HashSize).SequenceEqual(_head)) return null;
            if (!bytes.AsSpan(HashSize, HashSize).SequenceEqual(SHA256.HashData(bytes.AsSpan(start)))) return null;
            NoteUse();
            return CacheReader.Read(bytes.AsMemory(start));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whoever reads it meanwhile sees the old file or the new one. Where nothing can be written, the next load starts without.</summary>
    public void Write(byte[] content)
    {
        try
        {
            AtomicFile.Write(_path, stream =>
            {
                stream.Write(_head);
                stream.Write(SHA256.HashData(content));
                stream.Write(content);
            });
            Sweep();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Only time is lost.
        }
    }

    /// <summary>So that the caches which are used are the latest ones.</summary>
    private void NoteUse()
    {
        if (Age(File.GetLastWriteTimeUtc(_path)) > s_useNoted) File.SetLastWriteTimeUtc(_path, Clock.Now.UtcDateTime);
    }

    /// <summary>Removes what killed writers left and all but the latest caches: each other machine or set of layers makes one of its own.</summary>
    private void Sweep()
    {
        var files = new DirectoryInfo(Path.GetDirectoryName(_path)!).GetFiles().ToLookup(f => f.Extension == ".tmp");
        var expired = files[false].Where(f => f.FullName != _path).OrderBy(f => Age(f.LastWriteTimeUtc)).Skip(Kept - 1);
        foreach (var file in expired.Concat(files[true].Where(f => Age(f.LastWriteTimeUtc) > s_longestWrite))) file.Delete();
    }

    /// <summary>A time to come is one of a clock that was wrong, and counts as long ago.</summary>
    private static TimeSpan Age(DateTime written)
    {
        var age = Clock.Now.UtcDateTime - written;
        return age >= -s_longestWrite ? age : TimeSpan.MaxValue;
    }
}
