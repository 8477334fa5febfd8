using System.Security.Cryptography;
using Strata.Core;

namespace Strata.Cache;

/// <summary>Hashes while writing. Disposed without <see cref="Commit"/> it leaves nothing behind.</summary>
public sealed class BlobWriter : Stream
{
    private const int BufferSize = 64 * 1024;
    private const int ReadOnly = 0x124;

    private readonly BlobStore _store;
    private readonly string _scratch;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;
    private bool _closed;

    internal BlobWriter(BlobStore store, string scratch, FileMode mode)
    {
        (_store, _scratch) = (store, scratch);
        _file = new FileStream(scratch, mode, FileAccess.ReadWrite, FileShare.None, BufferSize);
        var buffer = new byte[_file.Length == 0 ? 0 : BufferSize];
        while (_length < _file.Length && _file.Read(buffer) is > 0 and var read)
        {
            _hash.AppendData(buffer, 0, read);
            _length += read;
        }
    }

    /// <summary>Digest of everything written so far.</summary>
    public Digest Digest => Digest.FromHash(_hash.GetCurrentHash());

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_closed;

    /// <summary>Bytes written so far.</summary>
    public override long Length => _length;

    public override long Position { get => _length; set => throw new NotSupportedException(); }

    /// <summary>Puts the blob in place under its digest; nothing can be written afterwards.</summary>
    public Digest Commit()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var digest = Digest;
        var target = _store.PathOf(digest);
        return StoreErrors.Guard(target, () =>
        {
            // The bytes must be on disk before the name is: after a power cut a name without bytes would be a wrong blob.
            _file.Flush(flushToDisk: true);
            _file.Dispose();
            Posix.SetMode(_scratch, ReadOnly);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(_scratch, target, overwrite: true);
            _closed = true;
            return digest;
        });
    }

    /// <summary>Ends writing and keeps what there is for <see cref="BlobStore.ContinueWrite"/>.</summary>
    public void Leave()
    {
        _closed = true;
        _file.Dispose();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        try
        {
            _file.Write(buffer);
        }
        catch (Exception e) when (StoreErrors.Covers(e))
        {
            throw StoreErrors.Translate(_scratch, e);
        }
        _hash.AppendData(buffer);
        _length += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    /// <summary>Completes at once: writing to a local file never waits for anyone.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        // Nobody can see the file before it is committed, so there is nothing to hand on early.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!_closed) Abandon();
            _hash.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Abandon()
    {
        _closed = true;
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // What the buffer still holds does not fit on the disk; it is not wanted any more.
        }
        File.Delete(_scratch);
    }
}
