using System.Buffers.Binary;

namespace Strata.Fetch;

/// <summary>Finds the payload of an RPM package: a compressed cpio behind a lead, a signature and a header.</summary>
internal static class RpmPackage
{
    private const int LeadSize = 96;
    private const int IndexEntrySize = 16;

    private static ReadOnlySpan<byte> LeadMagic => [0xed, 0xab, 0xee, 0xdb];

    private static ReadOnlySpan<byte> HeaderMagic => [0x8e, 0xad, 0xe8, 0x01];

    /// <summary>Leaves the stream at the payload; false when this is no RPM package.</summary>
    public static bool Seek(Stream package)
    {
        var lead = new byte[LeadSize];
        if (package.ReadAtLeast(lead, LeadSize, throwOnEndOfStream: false) < LeadSize || !lead.AsSpan().StartsWith(LeadMagic)) return false;
        if (!SkipHeader(package)) return false;
        package.Position += (8 - package.Position % 8) % 8;     // only the signature is padded
        return SkipHeader(package);
    }

    private static bool SkipHeader(Stream package)
    {
        var start = new byte[16];
        if (package.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !start.AsSpan().StartsWith(HeaderMagic)) return false;
        var size = (long)BinaryPrimitives.ReadUInt32BigEndian(start.AsSpan(8)) * IndexEntrySize + BinaryPrimitives.ReadUInt32BigEndian(start.AsSpan(12));
        if (package.Position + size > package.Length) return false;
        package.Position += size;
        return true;
    }
}
