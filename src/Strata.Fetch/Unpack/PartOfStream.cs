namespace Strata.Fetch;

/// <summary>A stretch of a seekable stream, from where that stands.</summary>
internal sealed class PartOfStream(Stream whole, long length) : InputStream
{
    private readonly long _start = whole.Position;

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position { get => whole.Position - _start; set => whole.Position = _start + value; }

    public override int Read(Span<byte> buffer) => whole.Read(buffer[..(int)Math.Clamp(length - Position, 0, buffer.Length)]);
}
