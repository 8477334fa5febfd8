using System.Text.Json;
using Strata.Core;

namespace Strata.Cache;

/// <summary>What a remote says about a key: which artifact it leads to, how large that is, and which archive holds it.</summary>
/// <param name="Key">Deep or shallow key of a task; or the digest of the artifact itself, for those who want to know whether it is there.</param>
/// <param name="Name">For people: the task that made it, such as <c>zlib:do_install</c>.</param>
/// <param name="Entries">Files, links and directories of the artifact.</param>
/// <param name="Bytes">Sum of the sizes of its files.</param>
internal sealed record RemoteRecord(string Key, string Name, string Artifact, int Entries, long Bytes, RemoteArchive Archive)
{
    /// <summary>More is a lie: names are short and digests are few.</summary>
    public const int MostBytes = 64 * 1024;

    /// <summary>Null when it is no record, or one of another key, copied here to lead astray.</summary>
    public static RemoteRecord? Parse(ReadOnlySpan<byte> json, Digest key)
    {
        try
        {
            return JsonSerializer.Deserialize(json, RecordJson.Default.RemoteRecord) is { } record && record.Leads(key) ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, RecordJson.Default.RemoteRecord);

    /// <summary>Names reach terminals.</summary>
    private bool Leads(Digest key) =>
        Key == key.ToString() && Name is not null && !Name.Any(char.IsControl) && Entries >= 0 && Bytes >= 0 && Archive is { Size: > 0 }
        && Digest.TryParse(Artifact, out _) && Digest.TryParse(Archive.Digest, out _);
}
