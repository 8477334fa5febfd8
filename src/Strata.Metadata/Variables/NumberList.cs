namespace Strata.Metadata;

/// <summary>Rising numbers, each stored as its distance from the one before in seven-bit groups: most take one byte.</summary>
internal static class NumberList
{
    public static byte[] Encode(IEnumerable<int> rising)
    {
        var bytes = new List<byte>();
        var last = 0;
        foreach (var number in rising)
        {
            var distance = (uint)(number - last);
            for (; distance >= 0x80; distance >>= 7) bytes.Add((byte)(distance | 0x80));
            bytes.Add((byte)distance);
            last = number;
        }
        return [.. bytes];
    }

    public static IEnumerable<int> Decode(ReadOnlyMemory<byte> bytes)
    {
        var (number, distance, shift) = (0, 0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            var part = bytes.Span[i];
            distance |= (part & 0x7f) << shift;
            shift += 7;
            if (part >= 0x80) continue;
            number += distance;
            (distance, shift) = (0, 0);
            yield return number;
        }
    }

    /// <summary>Whether one of the numbers is marked.</summary>
    public static bool HasAny(ReadOnlyMemory<byte> bytes, bool[] marked)
    {
        foreach (var number in Decode(bytes))
            if (marked[number]) return true;
        return false;
    }
}
