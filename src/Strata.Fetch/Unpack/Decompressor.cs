using System.Collections.Immutable;
using System.IO.Compression;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>Undoes compression by what the bytes are, not by what the file is called: gzip here, the rest with the host's tools.</summary>
internal sealed class Decompressor(ImmutableSortedDictionary<string, string> environment)
{
    private static readonly (byte[] Magic, string Tool)[] s_tools =
    [
        ([0x42, 0x5a, 0x68], "bzip2"),
        ([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "xz"),
        ([0x28, 0xb5, 0x2f, 0xfd], "zstd"),
        ([0x04, 0x22, 0x4d, 0x18], "lz4"),
        ([0x4c, 0x5a, 0x49, 0x50], "lzip"),
        ([0x1f, 0x9d], "gzip"),
        ([0x5d, 0x00, 0x00], "xz"),     // the older .lzma; it has no real magic, but no tar begins with ]
    ];

    /// <summary>Hands the plain bytes to <paramref name="read"/>, which reads them to the end or throws.</summary>
    /// <param name="archive">Seekable; read from where it stands.</param>
    /// <exception cref="SourceException">The bytes are broken, or a tool is missing.</exception>
    public async Task ReadAsync(Stream archive, string name, Action<Stream> read, CancellationToken cancel)
    {
        Span<byte> magic = stackalloc byte[6];
        var start = archive.Position;
        magic = magic[..archive.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false)];
        archive.Position = start;

        if (magic.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b])) await Task.Run(() => ReadGzip(archive, name, read, cancel), cancel);
        else if (ToolFor(magic) is { } tool) await RunAsync([tool, "-dc"], archive, name, read, cancel);
        else await Task.Run(() => read(new StoppableStream(archive, cancel)), cancel);
    }

    /// <summary>
    /// Hands the entries of a 7z archive on as a tar. libarchive only translates them; names, links and sizes are as untrusted afterwards
    /// as before. It guesses formats, and one of them (mtree) makes it read files of this machine: it must only ever see a real 7z.
    /// </summary>
    /// <exception cref="SourceException">The archive is broken or is no 7z, or bsdtar is missing.</exception>
    public Task ReadSevenZipAsync(FileStream archive, string name, Action<Stream> read, CancellationToken cancel)
    {
        Span<byte> magic = stackalloc byte[6];
        if (archive.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.SequenceEqual((ReadOnlySpan<byte>)[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]))
            throw new SourceException(FetchRules.CannotUnpack(name, "is no 7z archive"));
        return RunAsync(["bsdtar", "-c", "-P", "--format=pax", "-f", "-", $"@{archive.Name}"], null, name, read, cancel);
    }

    private static string? ToolFor(ReadOnlySpan<byte> start)
    {
        foreach (var (magic, tool) in s_tools)
            if (start.StartsWith(magic)) return tool;
        return null;
    }

    private static void ReadGzip(Stream archive, string name, Action<Stream> read, CancellationToken cancel)
    {
        try
        {
            using var plain = new GZipStream(archive, CompressionMode.Decompress, leaveOpen: true);
            read(new StoppableStream(plain, cancel));
        }
        catch (InvalidDataException e)
        {
            throw new SourceException(FetchRules.CannotUnpack(name, $"is broken: {e.Message}"));
        }
    }

    private async Task RunAsync(ImmutableArray<string> command, Stream? archive, string name, Action<Stream> read, CancellationToken cancel)
    {
        var tool = command[0];
        var spec = new ProcessSpec
        {
            Command = command,
            Environment = environment.SetItem("LC_ALL", "C.UTF-8"),
            WriteInput = archive is null ? null : archive.CopyTo,
            ReadOutput = read,
        };
        try
        {
            var outcome = await ProcessRunner.RunAsync(spec, cancel);
            if (!outcome.Succeeded) throw new SourceException(FetchRules.CannotUnpack(name, $"is broken: {outcome.Error.Trim()}"));
        }
        catch (FileNotFoundException e) when (e.FileName == tool)
        {
            throw new SourceException(FetchRules.ToolMissing(tool, $"to unpack {name}"));
        }
    }
}
