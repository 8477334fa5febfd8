using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Strata.Metadata.Names;

namespace Strata.Metadata;

/// <content>What a configuration says, as digests: whether two configurations differ in a variable.</content>
public sealed partial class Datastore
{
    /// <summary>Of everything stored under the name but its history; the same for all names with nothing stored.</summary>
    internal UInt128 ContentDigest(Name name) => Find(name) is { } variable ? DigestOf(writer => Write(writer, variable)) : default;

    /// <summary>Of what recipes take over from a configuration besides its variables.</summary>
    internal UInt128 StructureDigest() => DigestOf(writer =>
    {
        var withReferences = (_shared?.NamesWithReferences ?? []).Select(n => n.Text).Order(StringComparer.Ordinal);
        var overrides = ActiveOverrides().Words;
        var inputs = _overrideInputs.Select(n => n.Text).Order(StringComparer.Ordinal);
        var deferred = Deferred.Select(d => $"{d.Classes} {d.Place}");
        var modules = Surroundings.Modules.Values.OrderBy(m => m.Name, StringComparer.Ordinal).SelectMany(m => (string[])[m.Name, m.Text]);
        foreach (var list in (IEnumerable<string>[])[withReferences, overrides, inputs, deferred, modules, TaskNames.Select(t => t.Text), InheritedClasses]) Write(writer, [.. list]);
    });

    private static UInt128 DigestOf(Action<BinaryWriter> write)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true)) write(writer);
        return BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
    }

    private static void Write(BinaryWriter writer, Variable variable)
    {
        Write(writer, variable.Value);
        Write(writer, variable.Default);
        writer.Write(variable.HidesDefault);
        foreach (var edits in (Edit[][])[variable.Appends, variable.Prepends, variable.Removes])
        {
            writer.Write(edits.Length);
            foreach (var edit in edits)
            {
                Write(writer, edit.Text);
                Write(writer, edit.Condition?.Text);
            }
        }
        writer.Write(variable.Variants.Items.Length);
        foreach (var variant in variable.Variants.Items) Write(writer, variant.Name.Text);
        writer.Write(variable.Flags.Length);
        foreach (var flag in variable.Flags)
        {
            Write(writer, flag.Name);
            Write(writer, flag.Value);
            Write(writer, flag.Default);
        }
        writer.Write(variable.After is not null);
        Write(writer, variable.After ?? []);
        Write(writer, variable.Function?.Parameters);
        Write(writer, variable.Function?.Body);
    }

    private static void Write(BinaryWriter writer, string[] texts)
    {
        writer.Write(texts.Length);
        foreach (var text in texts) Write(writer, text);
    }

    private static void Write(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null) writer.Write(text);
    }
}
