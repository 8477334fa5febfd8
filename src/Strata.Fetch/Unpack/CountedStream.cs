namespace Strata.Fetch;

/// <summary>The next bytes of a stream that cannot be sought in.</summary>
internal sealed class CountedStream(Stream whole, long count) : InputStream
{
    /// <summary>Bytes not read yet.</summary>
    public long Left { get; private set; } = count;

    public override int Read(Span<byte> buffer)
    {
        var read = whole.Read(buffer[..(int)Math.Min(Left, buffer.Length)]);
        Left -= read;
        return read;
    }
}
