namespace Strata.Fetch;

/// <summary>
/// Stands between an archive and the framework's tar reader, which takes the data of an extended header in one piece of the announced
/// size, up to two gigabytes. Content is read in smaller pieces, so a large piece can only be a header that no honest archive has.
/// </summary>
internal sealed class TarHeaderGuard(Stream archive) : Stream
{
    private const int LargestHeader = 1 << 20;

    private const int MostPadding = 64 << 20;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length > LargestHeader) throw new InvalidDataException($"it has a header of {buffer.Length} bytes");
        return archive.Read(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads what follows the end mark: padding, at most a little of it.</summary>
    public void Drain()
    {
        var buffer = new byte[64 * 1024];
        for (var drained = 0L; archive.Read(buffer) is > 0 and var read; drained += read)
            if (drained > MostPadding) throw new InvalidDataException("it goes on after its end");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
