using System.Collections.Immutable;
using System.Text;
using Strata.Core;
using Strata.Metadata.Evaluation;
using Strata.Metadata.Names;

namespace Strata.Metadata.Caching;

/// <summary>Puts what a load has learned into the form that <see cref="CacheReader"/> reads.</summary>
internal sealed class CacheWriter(Datastore configuration)
{
    /// <summary>Refuses what would not be read back as it was: text with half of a surrogate pair.</summary>
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly InputNumbers _inputs = new();
    private readonly Dictionary<InputFile, int> _numbers = [];
    private readonly Numbering<string> _strings = new(StringComparer.Ordinal);
    private readonly List<CachedRecipe> _recipes = [];

    public void Add(RecipeEvaluation evaluation) =>
        _recipes.Add(new(evaluation.Record, NumberList.Encode(evaluation.Inputs.Select(NumberOf).Order()), evaluation.Reads, evaluation.ReadsAll));

    public void Keep(CachedRecipe recipe, ConfirmedCache from)
    {
        var names = from.Content.Names.Value;
        var reads = new ConfigurationReads();
        foreach (var number in NumberList.Decode(recipe.Reads)) reads.Add(names[number]);
        _recipes.Add(recipe with { Inputs = NumbersOf(from.InputsOf(recipe.Inputs)), Reads = NumberList.Encode(reads.Ids) });
    }

    /// <summary>The bytes of the cache, or null if the disk changed while the load looked at it.</summary>
    /// <exception cref="EncoderFallbackException">A text cannot be stored.</exception>
    public byte[]? Write(
        DateTimeOffset begun, IEnumerable<KnownInput> configurationInputs, IEnumerable<KnownInput> searchInputs, KnownConfiguration known, FoundRecipes found)
    {
        var structure = configuration.StructureDigest();      // before the inputs: it reads those that nobody has asked for
        var (forConfiguration, forSearch) = (NumbersOf(configurationInputs), NumbersOf(searchInputs));
        if (_inputs.HasContradiction) return null;

        var body = Bytes(writer =>
        {
            writer.Write(begun.UtcTicks);
            WriteInputs(writer);
            Write(writer, forConfiguration);
            Write(writer, forSearch);
            Write(writer, known);
            Write(writer, structure);
            WriteNames(writer);
            Write(writer, found);
            writer.Write7BitEncodedInt(_recipes.Count);
            foreach (var recipe in _recipes) Write(writer, recipe);
        });
        return Bytes(writer =>
        {
            WriteTexts(writer);
            writer.Write(body);
        });
    }

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, s_strict, leaveOpen: true)) write(writer);
        return bytes.ToArray();
    }

    /// <summary>See <see cref="TextTable"/>.</summary>
    private void WriteTexts(BinaryWriter writer)
    {
        var end = 0;
        Write(writer, Bytes(ends =>
        {
            foreach (var text in _strings.Items) ends.Write(end += s_strict.GetByteCount(text));
        }));
        writer.Write7BitEncodedInt(end);
        foreach (var text in _strings.Items) writer.Write(s_strict.GetBytes(text));
    }

    private byte[] NumbersOf(IEnumerable<KnownInput> inputs) => NumberList.Encode(inputs.Select(_inputs.Of).Distinct().Order());

    private int NumberOf(InputFile file) => _numbers.TryGetValue(file, out var known) ? known : _numbers[file] = _inputs.Of(KnownInput.Of(file));

    private void WriteInputs(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(_inputs.Items.Count);
        foreach (var input in _inputs.Items)
        {
            Write(writer, input.Path);
            writer.Write((byte)input.Use);
            foreach (var number in (long[])[input.Stamp.Modified, input.Stamp.Changed, input.Stamp.Size, input.Stamp.Inode]) writer.Write(number);
            writer.Write(!input.Content.IsEmpty);
            if (!input.Content.IsEmpty) writer.Write(Convert.FromHexString(input.Content.Hex));
            Write(writer, input.Problems);
        }
    }

    private void Write(BinaryWriter writer, KnownConfiguration known)
    {
        writer.Write7BitEncodedInt(known.Layers.Length);
        foreach (var layer in known.Layers)
        {
            Write(writer, layer.Name);
            Write(writer, layer.Directory);
            writer.Write7BitEncodedInt(layer.Priority);
            Write(writer, layer.Pattern);
            Write(writer, layer.Version);
        }
        Write(writer, known.Multiconfigs);
        Write(writer, known.Diagnostics);
    }

    /// <summary>All names, by <see cref="Name.Id"/>, and what the configuration has under each: two pieces that are skipped unless it has changed.</summary>
    private void WriteNames(BinaryWriter writer)
    {
        var names = Name.ById();
        Write(writer, Bytes(digests =>
        {
            foreach (var name in names) Write(digests, name is null ? default : configuration.ContentDigest(name));
        }));
        Write(writer, Bytes(texts =>
        {
            foreach (var name in names) Write(texts, name?.Text ?? "");
        }));
    }

    private static void Write(BinaryWriter writer, UInt128 digest)
    {
        writer.Write((ulong)digest);
        writer.Write((ulong)(digest >> 64));
    }

    private void Write(BinaryWriter writer, FoundRecipes found)
    {
        writer.Write7BitEncodedInt(found.Recipes.Length);
        foreach (var (file, appends) in found.Recipes)
        {
            Write(writer, file);
            Write(writer, appends);
        }
        writer.Write7BitEncodedInt(found.Masked);
        Write(writer, found.Diagnostics);
    }

    private void Write(BinaryWriter writer, CachedRecipe recipe)
    {
        var record = recipe.Record;
        Write(writer, record.File);
        Write(writer, record.Layer);
        Write(writer, record.Appends);
        Write(writer, record.Name);
        Write(writer, record.Extensions);
        writer.Write7BitEncodedInt(record.Variants.Length);
        foreach (var variant in record.Variants) Write(writer, variant);
        Write(writer, record.Diagnostics);
        Write(writer, recipe.Inputs);
        Write(writer, recipe.Reads);
        writer.Write(recipe.ReadsAll);
    }

    private void Write(BinaryWriter writer, VariantRecord variant)
    {
        Write(writer, variant.Word);
        Write(writer, variant.Name);
        Write(writer, variant.SkipReason);
        Write(writer, Bytes(facts =>
        {
            foreach (var (name, value) in variant.Facts.Value)
            {
                Write(facts, name);
                Write(facts, value);
            }
        }));
    }

    private void Write(BinaryWriter writer, ImmutableArray<Diagnostic> diagnostics)
    {
        writer.Write7BitEncodedInt(diagnostics.Length);
        foreach (var diagnostic in diagnostics)
        {
            Write(writer, diagnostic.Rule.Code);
            writer.Write((byte)diagnostic.Rule.Severity);
            Write(writer, diagnostic.Rule.Title);
            Write(writer, diagnostic.Place);
            Write(writer, diagnostic.Message);
            Write(writer, diagnostic.Hint);
            writer.Write7BitEncodedInt(diagnostic.Related.Length);
            foreach (var related in diagnostic.Related) Write(writer, related);
        }
    }

    private void Write(BinaryWriter writer, SourceSpan place)
    {
        Write(writer, place.File ?? "");
        writer.Write7BitEncodedInt(place.Line);
        writer.Write7BitEncodedInt(place.Column);
    }

    private void Write(BinaryWriter writer, ImmutableArray<string> texts)
    {
        writer.Write7BitEncodedInt(texts.Length);
        foreach (var text in texts) Write(writer, text);
    }

    /// <summary>A text as its number in the table of all texts, from 1; 0 is null.</summary>
    private void Write(BinaryWriter writer, string? text) => writer.Write7BitEncodedInt(text is null ? 0 : _strings.Of(text) + 1);

    private static void Write(BinaryWriter writer, ReadOnlyMemory<byte> bytes)
    {
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes.Span);
    }
}
