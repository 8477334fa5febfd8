using Strata.Core;

namespace Strata.Cache;

/// <summary>Hashes while writing. Disposed without <see cref="Commit"/> it leaves nothing behind.</summary>
public sealed class BlobWriter : Stream
{
    internal BlobWriter() { }

    /// <summary>Digest of everything written so far.</summary>
    public Digest Digest => throw new NotImplementedException();

    /// <summary>Puts the blob in place under its digest; nothing can be written afterwards.</summary>
    public Digest Commit() => throw new NotImplementedException();

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotImplementedException();
    public override long Position { get => Length; set => throw new NotSupportedException(); }
    public override void Flush() => throw new NotImplementedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotImplementedException();
}
