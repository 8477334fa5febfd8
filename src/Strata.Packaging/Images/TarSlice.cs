namespace Strata.Packaging;

/// <summary>One entry of an archive, all its headers and padding included: these bytes alone are an archive without end.</summary>
/// <param name="Path">Absolute, as on the target.</param>
/// <param name="HardLinkTarget">Absolute; null for everything else.</param>
/// <param name="Offset">Of its first header.</param>
/// <param name="Length">Bytes in the archive.</param>
/// <param name="Size">Bytes of content.</param>
internal sealed record TarSlice(string Path, string? HardLinkTarget, long Offset, long Length, long Size);
