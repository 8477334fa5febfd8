namespace Strata.Packaging;

/// <summary>The next bytes of a stream, and not one more.</summary>
internal sealed class BoundedStream(Stream source, long length) : Stream
{
    private const int BufferSize = 1 << 16;

    private long _left = length;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The stream ends before.</exception>
    public void SkipRest()
    {
        if (_left == 0) return;
        if (source.CanSeek)
        {
            if (source.Position + _left > source.Length) throw new InvalidDataException("the archive ends too early");
            source.Seek(_left, SeekOrigin.Current);
            _left = 0;
            return;
        }
        var buffer = new byte[Math.Min(BufferSize, _left)];
        while (Read(buffer) > 0)
        {
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_left == 0 || buffer.IsEmpty) return 0;
        var read = source.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        if (read == 0) throw new InvalidDataException("the archive ends too early");
        _left -= read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
