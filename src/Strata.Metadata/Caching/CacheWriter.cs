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
    public byte[]? Write(DateTimeOffset begun, IEnumerable<KnownInput> configurationInputs, IEnumerable<KnownInput> searchInputs, FoundRecipes found)
    {
        var (forConfiguration, forSearch) = (NumbersOf(configurationInputs), NumbersOf(searchInputs));
        if (_inputs.HasContradiction) return null;

        using var body = new MemoryStream();
        using var writer = new BinaryWriter(body, s_strict);
        writer.Write(begun.UtcTicks);
        WriteInputs(writer);
        Write(writer, forConfiguration);
        Write(writer, forSearch);
        WriteNames(writer);
        Write(writer, found);
        writer.Write7BitEncodedInt(_recipes.Count);
        foreach (var recipe in _recipes) Write(writer, recipe);

        using var file = new MemoryStream();
        using var head = new BinaryWriter(file, s_strict);
        head.Write7BitEncodedInt(_strings.Items.Count);
        foreach (var text in _strings.Items) head.Write(text);
        body.WriteTo(file);
        return file.ToArray();
    }

    private byte[] NumbersOf(IEnumerable<KnownInput> inputs) => NumberList.Encode(inputs.Select(_inputs.Of).Order());

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

    /// <summary>All names, by <see cref="Name.Id"/>; their texts in one piece that is skipped unless the configuration has changed.</summary>
    private void WriteNames(BinaryWriter writer)
    {
        var structure = configuration.StructureDigest();
        writer.Write((ulong)structure);
        writer.Write((ulong)(structure >> 64));
        var names = Name.ById();
        writer.Write(names.Length);
        foreach (var name in names)
        {
            var digest = name is null ? default : configuration.ContentDigest(name);
            writer.Write((ulong)digest);
            writer.Write((ulong)(digest >> 64));
        }
        using var texts = new MemoryStream();
        using var textWriter = new BinaryWriter(texts, s_strict);
        foreach (var name in names) textWriter.Write(name?.Text ?? "");
        Write(writer, texts.ToArray());
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
        writer.Write7BitEncodedInt(variant.Values.Length);
        foreach (var (name, value) in variant.Values)
        {
            Write(writer, name);
            Write(writer, value);
        }
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
