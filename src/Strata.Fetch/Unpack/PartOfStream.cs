namespace Strata.Fetch;

/// <summary>A stretch of a seekable stream, from where that stands.</summary>
internal sealed class PartOfStream(Stream whole, long length) : Stream
{
    private readonly long _start = whole.Position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => whole.Position - _start; set => whole.Position = _start + value; }

    public override int Read(Span<byte> buffer) => whole.Read(buffer[..(int)Math.Clamp(length - Position, 0, buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
