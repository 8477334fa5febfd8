using Strata.Core;
using Strata.Metadata.Names;
using Strata.Metadata.Syntax;

namespace Strata.Metadata;

/// <content>Key expansion: names that contain references get their final form, once, when a recipe is finished.</content>
public sealed partial class Datastore
{
    internal void ExpandKeys(Diagnostics diagnostics)
    {
        Dictionary<Name, Name> renames = [];
        foreach (var name in (_shared?.NamesWithReferences ?? []).Union(_own.Keys.Where(n => n.HasReference)))
        {
            if (Find(name) is not { } variable || (variable.IsBare && !variable.Variants.Items.Any(v => ActiveOverrides().Allows(v.Key)))) continue;
            var expanded = Name.Of(Expand(name.Text, name));
            if (expanded != name) renames.Add(name, expanded);
        }
        foreach (var name in renames.Keys.OrderBy(n => n.Text, StringComparer.Ordinal))
        {
            var expanded = renames[name];
            if (Find(expanded) is not null && ReadUnexpanded(expanded) is { } replaced && ReadUnexpanded(name) is { } value)
                diagnostics.Add(MetadataRules.KeyReplaced(PlaceOf(name), name.Text, expanded.Text, value, replaced));
            Rename(name, expanded);
        }
    }

    /// <summary>Moves value, edits and variants; flags are lost, and so are the variants registered under the new name.</summary>
    private void Rename(Name name, Name renamed)
    {
        var statement = new InternalStatement("rename", name.Text) { Place = PlaceOf(name) };
        if (Find(name) is { } source)
        {
            var value = source.Value ?? source.Default;
            if (value is not null) SetParsed(renamed, value, statement);
            MoveEdits(source, renamed);
            MoveVariants(name, source, renamed);
            if (value is null) RegisterVariant(renamed);
        }
        Delete(name, statement: null);
    }

    private void MoveEdits(Variable source, Name renamed)
    {
        if (source.Appends.Length + source.Prepends.Length + source.Removes.Length == 0) return;
        var target = Own(renamed);
        target.Appends = [.. target.Appends, .. source.Appends];
        target.Prepends = [.. target.Prepends, .. source.Prepends];
        target.Removes = [.. target.Removes, .. source.Removes];
        Changed(renamed);
    }

    private void MoveVariants(Name name, Variable source, Name renamed)
    {
        if (source.Variants.IsEmpty) return;
        var variants = source.Variants.Items;
        Own(renamed).Variants = VariantSet.Of(variants.Select(v => new Variant(Renamed(v.Name), v.Key)));
        foreach (var variant in variants) Rename(variant.Name, Renamed(variant.Name));
        Changed(renamed);

        Name Renamed(Name variant) => Name.Of(variant.Text.Replace(name.Text, renamed.Text, StringComparison.Ordinal));
    }
}
