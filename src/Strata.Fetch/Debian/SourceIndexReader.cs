using System.Globalization;
using System.Text;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>Reads a Debian <c>Sources</c> index: which files an archive holds, with their digests.</summary>
internal static class SourceIndexReader
{
    /// <param name="found">Called for each file with its path relative to the archive.</param>
    public static void Read(Stream index, Action<Digest, long, string> found)
    {
        using var reader = new StreamReader(index, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
        var directory = "";
        var files = new List<(Digest Digest, long Size, string Name)>();
        var inDigests = false;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(' '))
            {
                if (inDigests && TryReadFile(line, out var file)) files.Add(file);
                continue;
            }
            inDigests = line.StartsWith("Checksums-Sha256:", StringComparison.Ordinal);
            if (line.StartsWith("Directory:", StringComparison.Ordinal)) directory = line["Directory:".Length..].Trim();
            if (line.Length == 0) Flush();
        }
        Flush();

        void Flush()
        {
            foreach (var (digest, size, name) in files) found(digest, size, $"{directory}/{name}");
            files.Clear();
            directory = "";
        }
    }

    private static bool TryReadFile(string line, out (Digest Digest, long Size, string Name) file)
    {
        file = default;
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 3 || !Digest.TryParse(words[0], out var digest)) return false;
        if (!long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return false;
        file = (digest, size, words[2]);
        return true;
    }
}
