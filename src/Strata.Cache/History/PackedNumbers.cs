namespace Strata.Cache;

/// <summary>Ascending numbers as their differences, seven bits to a byte: a key of a hundred fields takes about two hundred bytes.</summary>
internal static class PackedNumbers
{
    public static byte[] Pack(IEnumerable<long> numbers)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        var last = 0L;
        foreach (var number in numbers.Order())
        {
            writer.Write7BitEncodedInt64(number - last);
            last = number;
        }
        return bytes.ToArray();
    }

    public static List<long> Unpack(byte[] packed)
    {
        using var reader = new BinaryReader(new MemoryStream(packed));
        var numbers = new List<long>();
        for (var last = 0L; reader.BaseStream.Position < packed.Length;) numbers.Add(last += reader.Read7BitEncodedInt64());
        return numbers;
    }
}
