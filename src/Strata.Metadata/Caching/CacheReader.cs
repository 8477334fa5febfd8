using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Strata.Core;
using Strata.Metadata.Evaluation;
using Strata.Metadata.Names;

namespace Strata.Metadata.Caching;

/// <summary>Reads what <see cref="CacheWriter"/> wrote. The bytes are known to be whole.</summary>
internal sealed class CacheReader
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly TextTable _texts;
    private int _at;

    private CacheReader(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        _texts = new(Bytes(), Bytes());
    }

    private CacheReader(ReadOnlyMemory<byte> bytes, TextTable texts) => (_bytes, _texts) = (bytes, texts);

    public static CacheContent Read(ReadOnlyMemory<byte> bytes) => new CacheReader(bytes).Read();

    private CacheContent Read()
    {
        var begun = new DateTimeOffset(Int64(), TimeSpan.Zero);
        var inputs = List(Input);
        var (forConfiguration, forSearch) = (Bytes(), Bytes());
        var configuration = new KnownConfiguration(List(Layer), List(Text), List(Diagnostic));
        var structure = Digest128();
        var (digests, names) = (Bytes(), Bytes());
        var found = new FoundRecipes(List(() => new FoundRecipe(Text(), List(Text))), Number(), List(Diagnostic));
        return new()
        {
            Begun = begun,
            Inputs = inputs,
            ConfigurationInputs = forConfiguration,
            SearchInputs = forSearch,
            Configuration = configuration,
            Structure = structure,
            NameDigests = new(() => new CacheReader(digests, _texts).ToEnd(r => r.Digest128())),
            Names = new(() => new CacheReader(names, _texts).ToEnd(r => Name.Of(r.Text()))),
            Found = found,
            Recipes = List(Recipe).ToDictionary(r => r.Record.File, StringComparer.Ordinal),
        };
    }

    private T[] ToEnd<T>(Func<CacheReader, T> read)
    {
        var items = new List<T>();
        while (_at < _bytes.Length) items.Add(read(this));
        return [.. items];
    }

    private KnownInput Input() => new(
        Text(), (InputUse)Byte(), new(Int64(), Int64(), Int64(), Int64()),
        Byte() == 0 ? default : Digest.FromHash(Take(Digest.Size)), List(Diagnostic));

    private Layer Layer() => new(Text(), Text(), Number(), Text(), Text());

    private CachedRecipe Recipe() => new(new(Text(), Text(), List(Text), Text(), Text(), List(Variant), List(Diagnostic)), Bytes(), Bytes(), Byte() != 0);

    private VariantRecord Variant()
    {
        var (word, name, skipReason, facts) = (Text(), Text(), OptionalText(), Bytes());
        return new(word, name, skipReason, new(() => [.. new CacheReader(facts, _texts).ToEnd(r => KeyValuePair.Create(r.Text(), r.OptionalText()))]));
    }

    private Diagnostic Diagnostic() =>
        new(new(Text(), (Severity)Byte(), Text()), Place(), Text(), OptionalText()) { Related = List(Place) };

    private SourceSpan Place() => new(Text(), Number(), Number());

    private UInt128 Digest128() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    private ImmutableArray<T> List<T>(Func<T> item)
    {
        var count = Number();
        if (count == 0) return [];      // the one empty array, so that equal diagnostics stay equal
        var items = new T[count];
        for (var i = 0; i < items.Length; i++) items[i] = item();
        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }

    private string Text() => OptionalText()!;

    private string? OptionalText() => Number() is > 0 and var number ? _texts[number - 1] : null;

    private ReadOnlyMemory<byte> Bytes()
    {
        var length = Number();
        _at += length;
        return _bytes.Slice(_at - length, length);
    }

    private long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    private byte Byte() => Take(1)[0];

    /// <summary>In the seven-bit groups of <see cref="BinaryWriter.Write7BitEncodedInt"/>.</summary>
    private int Number()
    {
        var (number, shift) = (0u, 0);
        for (byte part = 0x80; part >= 0x80; shift += 7)
        {
            part = Byte();
            number |= (uint)(part & 0x7f) << shift;
        }
        return (int)number;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        _at += count;
        return _bytes.Span.Slice(_at - count, count);
    }
}
