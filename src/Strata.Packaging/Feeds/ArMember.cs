using System.Globalization;
using System.Text;

namespace Strata.Packaging;

/// <summary>Finds members of an ar archive.</summary>
internal static class ArMember
{
    private const int HeaderSize = 60;
    private const long MaxSize = 1 << 24;

    /// <summary>The bytes of a member; null when there is none of that name, or it is larger than a description ever is (16 MiB).</summary>
    public static MemoryStream? Find(Stream archive, string name)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        archive.Position = ArWriter.Magic.Length;
        while (archive.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) == HeaderSize)
        {
            if (!long.TryParse(Encoding.ASCII.GetString(header[48..58]), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var size)) return null;
            if (Encoding.ASCII.GetString(header[..16]).TrimEnd(' ', '/') != name)
            {
                archive.Position += size + size % 2;
                continue;
            }
            if (size is < 0 or > MaxSize) return null;
            var content = new byte[size];
            archive.ReadExactly(content);
            return new(content, writable: false);
        }
        return null;
    }
}
