using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;

namespace Strata.Compliance;

/// <summary>
/// Reads the head of every source file for SPDX tags (SPDX 2.3, annex E) and copyright notices.
/// Links are not followed; what is no text is left out.
/// </summary>
public static class SourceScanner
{
    /// <summary>Bytes read of each file: notices stand at the top, and a source tree can hold gigabytes.</summary>
    private const int HeadSize = 1 << 15;

    private static readonly EnumerationOptions s_everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
    };

    /// <summary>The same answer for any number of threads; an absent directory has no findings.</summary>
    public static SourceFindings Scan(string directory, CancellationToken cancel)
    {
        if (!Directory.Exists(directory)) return SourceFindings.None;
        var licenses = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var copyrights = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        Parallel.ForEach(Directory.EnumerateFiles(directory, "*", s_everything), new ParallelOptions { CancellationToken = cancel }, () => new byte[HeadSize],
            (file, _, buffer) =>
            {
                foreach (var notice in NoticeReader.Read(Head(file, buffer)))
                    if (notice.IsLicense) licenses.AddOrUpdate(notice.Text, 1, (_, count) => count + 1);
                    else copyrights.TryAdd(notice.Text, true);
                return buffer;
            },
            _ => { });
        return new()
        {
            Licenses = licenses.ToImmutableSortedDictionary(StringComparer.Ordinal),
            Copyrights = [.. copyrights.Keys.Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>The first lines as text; empty for what is binary or cannot be read.</summary>
    private static string Head(string file, byte[] buffer)
    {
        try
        {
            using var handle = File.OpenHandle(file);
            var bytes = buffer.AsSpan(0, RandomAccess.Read(handle, buffer, 0));
            if (bytes.Contains((byte)0) || !NoticeReader.MayHaveNotice(bytes)) return "";
            return (IsUtf8(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>The last character may be cut in two where the head ends.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        for (var cut = 0; cut <= Math.Min(3, bytes.Length); cut++)
            if (System.Text.Unicode.Utf8.IsValid(bytes[..^cut])) return true;
        return false;
    }
}
