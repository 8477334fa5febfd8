using System.Globalization;
using System.Text;

namespace Strata.Fetch;

/// <summary>Finds a member in an ar archive, the outer shell of .deb and .ipk packages.</summary>
internal static class ArArchive
{
    private const int HeaderSize = 60;

    private static ReadOnlySpan<byte> Magic => "!<arch>\n"u8;

    /// <summary>Leaves the stream at the first member whose name starts with <paramref name="prefix"/>; the length of the member, or null.</summary>
    public static long? Seek(Stream archive, string prefix)
    {
        var header = new byte[HeaderSize];
        if (archive.ReadAtLeast(header.AsSpan(0, Magic.Length), Magic.Length, throwOnEndOfStream: false) < Magic.Length) return null;
        if (!header.AsSpan().StartsWith(Magic)) return null;

        while (archive.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) == HeaderSize)
        {
            if (!long.TryParse(Encoding.ASCII.GetString(header, 48, 10).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return null;
            if (Encoding.ASCII.GetString(header, 0, 16).StartsWith(prefix, StringComparison.Ordinal)) return size;
            archive.Position += size + size % 2;     // members start at even offsets
        }
        return null;
    }
}
