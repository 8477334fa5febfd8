using System.Buffers;
using System.Security.Cryptography;
using Strata.Core;

namespace Strata.Cache;

/// <summary>Brings a stream from elsewhere into a file.</summary>
internal static class Download
{
    private const int BufferSize = 128 * 1024;

    /// <summary>The digest of what is in the file afterwards.</summary>
    /// <param name="most">Bytes; when more come, it is over.</param>
    /// <exception cref="StoreException">The file cannot be written.</exception>
    public static async Task<Digest> ToFileAsync(Stream body, string file, long most, Pace pace)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var target = StoreErrors.Guard(file, () => File.OpenHandle(file, FileMode.Create, FileAccess.Write));
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var offset = 0L;
            while (await body.ReadAsync(buffer, pace.Token) is var read and not 0)
            {
                if (offset + read > most) throw new RemoteException(RemoteFault.Lie, $"sent more than the {most} bytes that it promised");
                StoreErrors.Guard(file, () => RandomAccess.Write(target, buffer.AsSpan(0, read), offset));
                hash.AppendData(buffer, 0, read);
                offset += read;
                pace.Advance(read);
            }
            return Digest.FromHash(hash.GetCurrentHash());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
