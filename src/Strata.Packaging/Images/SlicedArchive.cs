using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;

namespace Strata.Packaging;

/// <summary>Reads entries of an archive as an archive of their own. Several can read the same file at once.</summary>
internal sealed class SlicedArchive(SafeFileHandle archive, ImmutableArray<TarSlice> slices) : Stream
{
    /// <summary>Two empty blocks end an archive.</summary>
    private const int EndLength = 1024;

    private int _slice;
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => slices.Sum(s => s.Length) + EndLength;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>It has the very bytes of the file.</summary>
    public bool IsWhole => Length == RandomAccess.GetLength(archive);

    public override int Read(Span<byte> buffer)
    {
        while (_slice < slices.Length && _at == slices[_slice].Length) (_slice, _at) = (_slice + 1, 0);
        if (_slice == slices.Length) return ReadEnd(buffer);

        // Neighbours are read in one go.
        var offset = slices[_slice].Offset + _at;
        var wanted = Math.Min(slices[_slice].Length - _at, buffer.Length);
        var last = _slice;
        while (wanted < buffer.Length && last + 1 < slices.Length && slices[last].Offset + slices[last].Length == slices[last + 1].Offset)
            wanted = Math.Min(wanted + slices[++last].Length, buffer.Length);
        var read = RandomAccess.Read(archive, buffer[..(int)wanted], offset);
        if (read == 0) throw new EndOfStreamException("the archive has become shorter");
        Advance(read);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Advance(long bytes)
    {
        while (bytes > 0)
        {
            var step = Math.Min(bytes, slices[_slice].Length - _at);
            (_at, bytes) = (_at + step, bytes - step);
            if (bytes > 0) (_slice, _at) = (_slice + 1, 0);
        }
    }

    private int ReadEnd(Span<byte> buffer)
    {
        var length = (int)Math.Min(EndLength - _at, buffer.Length);
        buffer[..length].Clear();
        _at += length;
        return length;
    }
}
