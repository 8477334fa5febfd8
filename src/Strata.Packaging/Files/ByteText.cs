using System.Text;

namespace Strata.Packaging;

/// <summary>
/// File names as text without loss. A name is bytes to the kernel; those that are no UTF-8 stand as the characters U+EF80 to U+EFFF of the
/// private use area, as do real characters of that range, byte by byte, so that every name has exactly one text and every text one name.
/// </summary>
internal static class ByteText
{
    private const char Base = '\uEF00', First = '\uEF80', Last = '\uEFFF';

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes)) return Encoding.ASCII.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var isText = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done && rune.Value is < First or > Last;
            if (isText) text.Append(rune.ToString());
            else foreach (var b in bytes[..length]) text.Append((char)(Base + b));
            bytes = bytes[length..];
        }
        return text.ToString();
    }

    /// <summary>Of a name that the framework gave and that is UTF-8.</summary>
    public static string Of(string name) => HasRawBytes(name) ? Of(Encoding.UTF8.GetBytes(name)) : name;

    public static byte[] ToBytes(string text)
    {
        if (!HasRawBytes(text)) return Encoding.UTF8.GetBytes(text);
        var bytes = new List<byte>(text.Length * 2);
        Span<byte> one = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is >= First and <= Last) bytes.Add((byte)rune.Value);
            else bytes.AddRange(one[..rune.EncodeToUtf8(one)]);
        return [.. bytes];
    }

    /// <summary>The name is no ordinary UTF-8 text.</summary>
    public static bool HasRawBytes(string text) => text.AsSpan().ContainsAnyInRange(First, Last);
}
