using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>One entry of a package. Owners are names; numbers are given when a root file system is made.</summary>
public sealed record PackagedFile
{
    /// <summary>Absolute, as on the target: <c>/usr/bin/env</c>.</summary>
    public required string Path { get; init; }

    public required FileKind Kind { get; init; }

    /// <summary>Permission bits, set-user-id and sticky included.</summary>
    [JsonConverter(typeof(OctalModeConverter))]
    public required int Mode { get; init; }

    public string User { get; init; } = "root";

    public string Group { get; init; } = "root";

    public long Size { get; init; }

    /// <summary>Of the content, 64 hexadecimal characters; regular files only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    /// <summary>Of the same content, 40 hexadecimal characters: SPDX 2.3 asks for it, nothing relies on it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha1 { get; init; }

    /// <summary>Of the same content, 128 hexadecimal characters: BSI TR-03183-2 asks for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha512 { get; init; }

    /// <summary>Where a symbolic link points, or which file of the package a hard link is another name of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Target { get; init; }

    /// <summary>By name, such as <c>security.capability</c> and <c>user.note</c>; null when there are none. Hard links have those of their file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, byte[]>? ExtendedAttributes { get; init; }

    /// <summary>As setcap(8) takes them; null when there are none.</summary>
    [JsonIgnore]
    public string? Capabilities => ExtendedAttributes?.GetValueOrDefault(FileCapabilities.Attribute) is { } bytes ? FileCapabilities.Text(bytes) : null;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int DeviceMajor { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int DeviceMinor { get; init; }

    /// <summary>The same entry as a regular file with these bytes.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "SPDX 2.3 asks for SHA-1; nothing relies on it")]
    internal PackagedFile WithContent(byte[] bytes) => this with
    {
        Kind = FileKind.File,
        Target = null,
        Size = bytes.Length,
        Sha1 = Convert.ToHexStringLower(SHA1.HashData(bytes)),
        Sha256 = Digest.Of(bytes).Hex,
        Sha512 = Convert.ToHexStringLower(SHA512.HashData(bytes)),
    };

    /// <summary>The same entry with the size, digests and extended attributes of another one.</summary>
    internal PackagedFile WithContentOf(PackagedFile other) =>
        this with { Size = other.Size, Sha1 = other.Sha1, Sha256 = other.Sha256, Sha512 = other.Sha512, ExtendedAttributes = other.ExtendedAttributes };

    internal bool HasAttributesOf(PackagedFile other) =>
        (ExtendedAttributes ?? s_noAttributes).Select(a => (a.Key, Convert.ToHexString(a.Value)))
            .SequenceEqual((other.ExtendedAttributes ?? s_noAttributes).Select(a => (a.Key, Convert.ToHexString(a.Value))));

    internal PackagedFile WithCapabilities(byte[] capabilities) =>
        this with { ExtendedAttributes = (ExtendedAttributes ?? s_noAttributes).SetItem(FileCapabilities.Attribute, capabilities) };

    private static readonly ImmutableSortedDictionary<string, byte[]> s_noAttributes = ImmutableSortedDictionary.Create<string, byte[]>(StringComparer.Ordinal);
}
