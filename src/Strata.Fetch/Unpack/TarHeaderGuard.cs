namespace Strata.Fetch;

/// <summary>
/// Stands between an archive and the framework's tar reader, which takes the data of an extended header in one piece of the announced
/// size, up to two gigabytes. Content is read in smaller pieces, so a large piece can only be a header that no honest archive has.
/// </summary>
internal sealed class TarHeaderGuard(Stream archive) : InputStream
{
    private const int LargestHeader = 1 << 20;

    private const int MostPadding = 64 << 20;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length > LargestHeader) throw new InvalidDataException($"it has a header of {buffer.Length} bytes");
        return archive.Read(buffer);
    }

    /// <summary>Reads what follows the end mark: padding, at most a little of it.</summary>
    public void Drain()
    {
        var buffer = new byte[64 * 1024];
        for (var drained = 0L; archive.Read(buffer) is > 0 and var read; drained += read)
            if (drained > MostPadding) throw new InvalidDataException("it goes on after its end");
    }
}
