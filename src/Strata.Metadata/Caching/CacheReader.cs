using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Strata.Core;
using Strata.Metadata.Evaluation;
using Strata.Metadata.Names;

namespace Strata.Metadata.Caching;

/// <summary>Reads what <see cref="CacheWriter"/> wrote. The bytes are known to be whole.</summary>
internal sealed class CacheReader
{
    private const int HashSize = SHA256.HashSizeInBytes;

    private readonly byte[] _bytes;
    private readonly BinaryReader _reader;
    private readonly string[] _strings;

    private CacheReader(byte[] bytes, BinaryReader reader)
    {
        (_bytes, _reader) = (bytes, reader);
        _strings = new string[_reader.Read7BitEncodedInt()];
        for (var i = 0; i < _strings.Length; i++) _strings[i] = _reader.ReadString();
    }

    public static CacheContent Read(byte[] bytes, int start)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes) { Position = start });
        return new CacheReader(bytes, reader).Read();
    }

    private CacheContent Read()
    {
        var begun = new DateTimeOffset(_reader.ReadInt64(), TimeSpan.Zero);
        var inputs = List(Input);
        var (forConfiguration, forSearch) = (Bytes(), Bytes());
        var structure = Digest128();
        var digests = new UInt128[_reader.ReadInt32()];
        for (var i = 0; i < digests.Length; i++) digests[i] = Digest128();
        var names = Bytes();
        var found = new FoundRecipes(List(() => (Text(), List(Text))), _reader.Read7BitEncodedInt(), List(Diagnostic));
        return new()
        {
            Begun = begun,
            Inputs = inputs,
            ConfigurationInputs = forConfiguration,
            SearchInputs = forSearch,
            Structure = structure,
            NameDigests = digests,
            Names = new(() => NamesIn(names, digests.Length)),
            Found = found,
            Recipes = List(Recipe).ToDictionary(r => r.Record.File, StringComparer.Ordinal),
        };
    }

    private static Name[] NamesIn(ReadOnlyMemory<byte> texts, int count)
    {
        using var reader = new BinaryReader(new MemoryStream(texts.ToArray()));
        var names = new Name[count];
        for (var i = 0; i < count; i++) names[i] = Name.Of(reader.ReadString());
        return names;
    }

    private KnownInput Input() => new(
        Text(), (InputUse)_reader.ReadByte(), new(_reader.ReadInt64(), _reader.ReadInt64(), _reader.ReadInt64(), _reader.ReadInt64()),
        _reader.ReadBoolean() ? Digest.FromHash(_reader.ReadBytes(HashSize)) : default, List(Diagnostic));

    private CachedRecipe Recipe() => new(new(Text(), Text(), List(Text), Text(), Text(), List(Variant), List(Diagnostic)), Bytes(), Bytes(), _reader.ReadBoolean());

    private VariantRecord Variant() => new(Text(), Text(), OptionalText(), List(() => KeyValuePair.Create(Text(), OptionalText())));

    private Diagnostic Diagnostic() =>
        new(new(Text(), (Severity)_reader.ReadByte(), Text()), Place(), Text(), OptionalText()) { Related = List(Place) };

    private SourceSpan Place() => new(Text(), _reader.Read7BitEncodedInt(), _reader.Read7BitEncodedInt());

    private UInt128 Digest128()
    {
        var low = _reader.ReadUInt64();
        return new(_reader.ReadUInt64(), low);
    }

    private ImmutableArray<T> List<T>(Func<T> item)
    {
        var count = _reader.Read7BitEncodedInt();
        if (count == 0) return [];      // the one empty array, so that equal diagnostics stay equal
        var items = new T[count];
        for (var i = 0; i < items.Length; i++) items[i] = item();
        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }

    private string Text() => OptionalText()!;

    private string? OptionalText() => _reader.Read7BitEncodedInt() is > 0 and var number ? _strings[number - 1] : null;

    private ReadOnlyMemory<byte> Bytes()
    {
        var length = _reader.Read7BitEncodedInt();
        var start = (int)_reader.BaseStream.Position;
        _reader.BaseStream.Position += length;
        return _bytes.AsMemory(start, length);
    }
}
