using System.IO.Compression;
using System.Text;

namespace Strata.Cache;

/// <summary>UTF-8 behind one byte that says how: 0 plain, 1 Brotli. Scripts shrink to a quarter; flags would only grow.</summary>
internal static class PackedText
{
    private const byte Plain = 0;
    private const byte Brotli = 1;
    private const int WorthCompressing = 256;
    private const int Quality = 4;
    private const int Window = 18;

    public static byte[] Pack(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length < WorthCompressing) return [Plain, .. bytes];

        var packed = new byte[bytes.Length];
        return BrotliEncoder.TryCompress(bytes, packed, out var length, Quality, Window)
            ? [Brotli, .. packed.AsSpan(0, length)]
            : [Plain, .. bytes];
    }

    public static string Unpack(byte[] packed)
    {
        if (packed[0] == Plain) return Encoding.UTF8.GetString(packed.AsSpan(1));

        using var stream = new BrotliStream(new MemoryStream(packed, 1, packed.Length - 1), CompressionMode.Decompress);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
