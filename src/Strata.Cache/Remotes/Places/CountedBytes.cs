using System.Net;

namespace Strata.Cache;

/// <summary>The body of a request that tells how much of it has been sent.</summary>
internal sealed class CountedBytes : HttpContent
{
    private const int Portion = 64 * 1024;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Action<int> _moved;

    public CountedBytes(ReadOnlyMemory<byte> bytes, Action<int> moved)
    {
        (_bytes, _moved) = (bytes, moved);
        Headers.ContentType = new("application/octet-stream");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        for (var rest = _bytes; !rest.IsEmpty;)
        {
            var portion = rest[..Math.Min(Portion, rest.Length)];
            await stream.WriteAsync(portion, cancellationToken);
            _moved(portion.Length);
            rest = rest[portion.Length..];
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
