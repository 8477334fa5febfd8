namespace Strata.Packaging;

/// <summary>The checksum of gzip, of parts that were summed apart.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    /// <summary>The polynomials 1 and x: the highest bit stands for the lowest power.</summary>
    private const uint One = 0x8000_0000, X = 0x4000_0000;

    /// <summary>The checksum of a text whose first part has the one sum and whose rest, of this many bytes, the other.</summary>
    public static uint Combine(uint first, uint rest, long restLength) => Multiply(PowerOfX(8 * restLength), first) ^ rest;

    private static uint PowerOfX(long exponent)
    {
        var power = One;
        for (var square = X; exponent > 0; exponent >>= 1, square = Multiply(square, square))
            if ((exponent & 1) != 0) power = Multiply(square, power);
        return power;
    }

    /// <summary>Modulo the checksum's polynomial.</summary>
    private static uint Multiply(uint a, uint b)
    {
        var product = 0u;
        for (var bit = One; bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0) product ^= b;
            b = (b & 1) != 0 ? Polynomial ^ (b >> 1) : b >> 1;
        }
        return product;
    }
}
