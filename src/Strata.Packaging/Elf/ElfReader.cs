using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Strata.Packaging;

/// <summary>Reads the parts of an ELF file that <see cref="ElfFile"/> shows. Every offset and count comes from the file and is checked before use.</summary>
internal sealed partial class ElfReader(Stream stream)
{
    private const int MaxDynamicEntries = 1 << 16;
    private const int MaxTableSize = 1 << 24;
    private const int MaxStringLength = 4096;

    private const uint LoadSegment = 1, DynamicSegment = 2, InterpreterSegment = 3;
    private const uint SymbolTableSection = 2;
    private const ulong TagNeeded = 1, TagStringTable = 5, TagStringSize = 10, TagSoname = 14, TagRPath = 15, TagTextRelocations = 22,
        TagRunPath = 29, TagFlags = 30, TagFlags1 = 0x6ffffffb;
    private const ulong TextRelocationsFlag = 4, ExecutableFlag1 = 0x08000000;

    private readonly long _length = stream.Length;
    private bool _is64;
    private bool _isBig;

    public ElfFile? Read()
    {
        var header = Bytes(0, 64) ?? Bytes(0, 52);
        if (header is not [0x7f, (byte)'E', (byte)'L', (byte)'F', 1 or 2, 1 or 2, ..]) return null;
        _is64 = header[4] == 2;
        _isBig = header[5] == 2;
        if (_is64 && header.Length < 64) return null;

        if (Table(header, _is64 ? 32 : 28, _is64 ? 54 : 42, _is64 ? 56 : 32) is not { } segments) return null;
        var sections = Sections(header);
        var file = new ElfFile
        {
            Machine = new(U16(header, 18), _is64, _isBig),
            Type = (ElfType)U16(header, 16),
            IsStripped = !sections.Any(s => s.Type == SymbolTableSection),
            HasDebugInformation = sections.Any(s => s.Name is ".debug_info" or ".zdebug_info"),
            Interpreter = ReadInterpreter(segments),
            Sections = sections,
        };
        return AddDynamic(file, segments);
    }

    private string? ReadInterpreter(ImmutableArray<Segment> segments)
    {
        foreach (var segment in segments)
            if (segment.Type == InterpreterSegment) return Text(segment.Offset, segment.FileSize);
        return null;
    }

    /// <summary>Null when the dynamic section lies about itself.</summary>
    private ElfFile? AddDynamic(ElfFile file, ImmutableArray<Segment> segments)
    {
        var dynamic = segments.FirstOrDefault(s => s.Type == DynamicSegment);
        if (dynamic.Type != DynamicSegment) return file;
        var entrySize = _is64 ? 16 : 8;
        var count = Math.Min(dynamic.FileSize / (ulong)entrySize, MaxDynamicEntries);
        if (Bytes(dynamic.Offset, (long)count * entrySize) is not { } bytes) return null;

        var entries = new List<(ulong Tag, ulong Value)>();
        for (var i = 0; i < (int)count; i++)
        {
            var tag = Word(bytes, i * entrySize);
            if (tag == 0) break;
            entries.Add((tag, Word(bytes, i * entrySize + entrySize / 2)));
        }
        return Interpret(file with { IsDynamic = true }, entries, segments);
    }

    private ElfFile? Interpret(ElfFile file, List<(ulong Tag, ulong Value)> entries, ImmutableArray<Segment> segments)
    {
        var table = Value(TagStringTable) is { } address ? FileOffset(address, segments) : null;
        var size = Value(TagStringSize) ?? 0;
        var needed = ImmutableArray.CreateBuilder<string>();
        var runPaths = ImmutableArray.CreateBuilder<string>();
        string? soname = null;
        foreach (var (tag, value) in entries)
        {
            if (tag is not (TagNeeded or TagSoname or TagRPath or TagRunPath)) continue;
            if (table is null || value >= size || Text((ulong)table.Value + value, size - value) is not { } text) return null;
            if (tag == TagNeeded) needed.Add(text);
            else if (tag == TagSoname) soname = text;
            else runPaths.AddRange(text.Split(':', StringSplitOptions.RemoveEmptyEntries));
        }
        return file with
        {
            Needed = needed.ToImmutable(),
            Soname = soname,
            NeededVersions = table is null ? [] : NeededVersions(Value(TagVersionsNeeded) is { } at ? FileOffset(at, segments) : null, Value(TagVersionsNeededCount) ?? 0, new((ulong)table.Value, size)),
            DefinedVersions = table is null ? [] : DefinedVersions(Value(TagVersionsDefined) is { } from ? FileOffset(from, segments) : null, Value(TagVersionsDefinedCount) ?? 0, new((ulong)table.Value, size)),
            RunPaths = runPaths.ToImmutable(),
            HasTextRelocations = Value(TagTextRelocations) is not null || ((Value(TagFlags) ?? 0) & TextRelocationsFlag) != 0,
            IsMarkedExecutable = ((Value(TagFlags1) ?? 0) & ExecutableFlag1) != 0,
        };

        ulong? Value(ulong tag)
        {
            foreach (var entry in entries)
                if (entry.Tag == tag) return entry.Value;
            return null;
        }
    }

    private static long? FileOffset(ulong address, ImmutableArray<Segment> segments)
    {
        foreach (var segment in segments)
        {
            if (segment.Type != LoadSegment || address < segment.Address || address - segment.Address >= segment.FileSize) continue;
            var offset = segment.Offset + (address - segment.Address);
            return offset <= long.MaxValue ? (long)offset : null;
        }
        return null;
    }

    /// <summary>The program headers; null when they do not lie within the file.</summary>
    private ImmutableArray<Segment>? Table(byte[] header, int offsetAt, int entrySizeAt, int ownSize)
    {
        var count = U16(header, entrySizeAt + 2);
        if (count == 0) return [];
        var entrySize = U16(header, entrySizeAt);
        if (entrySize < ownSize || Bytes(Word(header, offsetAt), (long)count * entrySize) is not { } bytes) return null;

        var segments = ImmutableArray.CreateBuilder<Segment>(count);
        for (var i = 0; i < count; i++)
        {
            var at = i * entrySize;
            segments.Add(_is64
                ? new(U32(bytes, at), Word(bytes, at + 8), Word(bytes, at + 16), Word(bytes, at + 32))
                : new(U32(bytes, at), Word(bytes, at + 4), Word(bytes, at + 8), Word(bytes, at + 16)));
        }
        return segments.MoveToImmutable();
    }

    /// <summary>Empty when the table does not lie within the file, names that are no text are empty.</summary>
    private ImmutableArray<ElfSection> Sections(byte[] header)
    {
        var entrySize = U16(header, _is64 ? 58 : 46);
        var count = U16(header, _is64 ? 60 : 48);
        var ownSize = _is64 ? 64 : 40;
        if (count == 0 || entrySize < ownSize || Bytes(Word(header, _is64 ? 40 : 32), (long)count * entrySize) is not { } bytes) return [];

        var names = U16(header, _is64 ? 62 : 50);
        var (offset, size) = names < count
            ? (Word(bytes, names * entrySize + (_is64 ? 24 : 16)), Word(bytes, names * entrySize + (_is64 ? 32 : 20)))
            : (0, 0);
        var table = size is > 0 and <= MaxTableSize ? Bytes(offset, (long)size) ?? [] : [];
        return [.. Enumerable.Range(0, count).Select(i => i * entrySize).Select(at =>
            new ElfSection(U32(bytes, at + 4), Name(table, U32(bytes, at)), Word(bytes, at + (_is64 ? 24 : 16)), Word(bytes, at + (_is64 ? 32 : 20))))];

        static string Name(byte[] table, uint at)
        {
            if (at >= table.Length) return "";
            var rest = table.AsSpan((int)at);
            return rest.IndexOf((byte)0) is >= 0 and var end ? Encoding.ASCII.GetString(rest[..end]) : "";
        }
    }

    /// <summary>Text up to a NUL, at most <paramref name="limit"/> bytes; null when it does not end there or is not UTF-8.</summary>
    private string? Text(ulong offset, ulong limit)
    {
        if (offset >= (ulong)_length) return null;
        var length = (long)Math.Min(Math.Min(limit, MaxStringLength), (ulong)_length - offset);
        if (Bytes(offset, length) is not { } bytes) return null;
        var end = Array.IndexOf(bytes, (byte)0);
        if (end < 0) return null;
        try
        {
            return s_strictUtf8.GetString(bytes, 0, end);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    private byte[]? Bytes(ulong offset, long count)
    {
        if (offset > (ulong)_length || count is < 0 or > MaxTableSize || count > _length - (long)offset) return null;
        var bytes = new byte[count];
        stream.Position = (long)offset;
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length ? bytes : null;
    }

    private ulong Word(byte[] bytes, int at) => _is64 ? U64(bytes, at) : U32(bytes, at);

    private ushort U16(byte[] bytes, int at) =>
        _isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private uint U32(byte[] bytes, int at) =>
        _isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private ulong U64(byte[] bytes, int at) =>
        _isBig ? BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at)) : BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at));

    private readonly record struct Segment(uint Type, ulong Offset, ulong Address, ulong FileSize);
}
