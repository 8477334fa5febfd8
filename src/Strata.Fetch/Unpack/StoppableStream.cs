namespace Strata.Fetch;

/// <summary>Lets a synchronous reader be cancelled between two reads.</summary>
internal sealed class StoppableStream(Stream inner, CancellationToken cancel) : InputStream
{
    public override int Read(Span<byte> buffer)
    {
        cancel.ThrowIfCancellationRequested();
        return inner.Read(buffer);
    }
}
