using Strata.Core;

namespace Strata.Cache;

/// <summary>
/// How one kind of remote keeps records and archives. Says what happened and nothing more: patience, trust and trying again are
/// <see cref="Remote"/>'s.
/// </summary>
internal abstract class RemotePlace
{
    /// <summary>Null when there is none.</summary>
    public abstract Task<byte[]?> ReadRecordAsync(Digest key, CancellationToken cancel);

    /// <param name="archive">What the record leads to; it is there already.</param>
    public abstract Task WriteRecordAsync(Digest key, byte[] record, RemoteArchive archive, CancellationToken cancel);

    public abstract Task<bool> HasArchiveAsync(Digest archive, CancellationToken cancel);

    /// <summary>Null when there is none.</summary>
    public abstract Task<Stream?> OpenArchiveAsync(Digest archive, CancellationToken cancel);

    /// <summary>Replaces one that is there: it may be damaged.</summary>
    public abstract Task WriteArchiveAsync(Digest archive, string file, Pace pace);

    /// <exception cref="RemoteException">There is more than any record has.</exception>
    public static async Task<byte[]> ReadSmallAsync(Stream stream, int most, CancellationToken cancel)
    {
        var buffer = new byte[most + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        return length <= most ? buffer[..length] : throw new RemoteException(RemoteFault.Lie, $"sent more than {most} bytes where a few should be");
    }
}
