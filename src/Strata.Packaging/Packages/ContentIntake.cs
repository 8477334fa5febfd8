using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Strata.Packaging;

/// <summary>Copies files into the artifact and, in the same pass, digests and searches them.</summary>
internal sealed class ContentIntake(ImmutableArray<string> unwantedTexts)
{
    private const int BufferSize = 1 << 17;

    private readonly byte[][] _unwanted = [.. unwantedTexts.Where(t => t.Length > 0).Select(Encoding.UTF8.GetBytes)];

    /// <summary>Copies all files, several at once; the answers are in the order of the requests.</summary>
    public FileContent[] CopyAll(IReadOnlyList<(string From, string To)> files, CancellationToken cancel)
    {
        foreach (var directory in files.Select(f => Path.GetDirectoryName(f.To)!).Distinct(StringComparer.Ordinal)) Directory.CreateDirectory(directory);
        var contents = new FileContent[files.Count];
        Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new byte[BufferSize + Overlap],
            (i, _, buffer) =>
            {
                contents[i] = Copy(files[i].From, files[i].To, buffer);
                return buffer;
            },
            _ => { });
        return contents;
    }

    /// <summary>How much of the previous block is kept in front, so that a text across two blocks is found.</summary>
    private int Overlap => _unwanted.Select(u => u.Length - 1).DefaultIfEmpty(0).Max();

    private FileContent Copy(string from, string to, byte[] buffer)
    {
        using var source = OpenReadable(from);
        using var target = File.OpenHandle(to, FileMode.CreateNew, FileAccess.ReadWrite);
        using var sha1 = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        var (position, kept, isElf, interpreterLine, found) = (0L, 0, false, 0, (string?)null);
        while (true)
        {
            var read = RandomAccess.Read(source, buffer.AsSpan(kept, BufferSize), position);
            if (read == 0) break;
            var block = buffer.AsSpan(kept, read);
            if (position == 0)
            {
                // The program headers of split debug symbols describe bytes that are not there.
                isElf = block.StartsWith("\u007fELF"u8) && !to.EndsWith(DebugSplit.Extension, StringComparison.Ordinal);
                interpreterLine = block.StartsWith("#!"u8) ? LineLength(block) : 0;
            }
            sha1.AppendData(block);
            sha256.AppendData(block);
            sha512.AppendData(block);
            RandomAccess.Write(target, block, position);
            position += read;

            var window = buffer.AsSpan(0, kept + read);
            found ??= FindUnwanted(window);
            kept = Math.Min(Overlap, window.Length);
            window[^kept..].CopyTo(buffer);
        }
        return new(Hex(sha1), Hex(sha256), Hex(sha512), position, isElf ? ElfFile.Read(to) : null, found, interpreterLine)
        {
            Programs = interpreterLine > 0 ? ScriptInterpreter.ProgramsOf(to) : [],
            PkgConfig = PkgConfigFile.ModuleOf(to) is null ? [] : PkgConfigFile.ReadRequirements(to),
        };

        static int LineLength(ReadOnlySpan<byte> text) => text.IndexOf((byte)'\n') is >= 0 and var end ? end : text.Length;

        static string Hex(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>An ordinary user cannot read a program of mode 4111, not even an own one: it is made readable just for opening it.</summary>
    internal static SafeFileHandle OpenReadable(string path)
    {
        var mode = File.GetUnixFileMode(path);
        if (mode.HasFlag(UnixFileMode.UserRead)) return File.OpenHandle(path);
        File.SetUnixFileMode(path, mode | UnixFileMode.UserRead);
        try
        {
            return File.OpenHandle(path);
        }
        finally
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private string? FindUnwanted(ReadOnlySpan<byte> window)
    {
        foreach (var text in _unwanted)
            if (window.IndexOf(text) >= 0) return Encoding.UTF8.GetString(text);
        return null;
    }
}
