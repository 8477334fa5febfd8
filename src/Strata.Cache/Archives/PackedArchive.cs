using Strata.Core;

namespace Strata.Cache;

/// <summary>An artifact as one compressed file, which goes with this object.</summary>
/// <param name="Digest">Of the file.</param>
/// <param name="Size">Of the file, in bytes.</param>
/// <param name="Entries">Files, links and directories inside.</param>
/// <param name="Bytes">Sum of the sizes of the files inside.</param>
internal sealed record PackedArchive(string File, Digest Digest, long Size, int Entries, long Bytes) : IDisposable
{
    public void Dispose() => System.IO.File.Delete(File);
}
