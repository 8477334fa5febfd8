using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Strata.Metadata.Names;

namespace Strata.Metadata;

/// <content>Questions that keys ask about every variable of every recipe, answered without building tables.</content>
public sealed partial class Datastore
{
    /// <summary>What is stored under the name, in one question.</summary>
    public VariableEntry Entry(string name)
    {
        if (Name.Find(name) is not { } known) return VariableEntry.None;
        lock (_gate)
        {
            if (FindWatched(known) is not { } variable) return VariableEntry.None;
            ImmutableArray<string> removes = variable.Removes.Length == 0 ? [] : [.. variable.Removes.Where(IsActive).Select(e => e.Text)];
            // The array is never written to, only replaced.
            return new(Assemble(variable).Text, ImmutableCollectionsMarshal.AsImmutableArray(variable.Flags), removes);
        }
    }

    /// <summary>Whether <see cref="Names"/> has the name.</summary>
    public bool Contains(string name)
    {
        if (Name.Find(name) is not { } known) return false;
        lock (_gate)
        {
            return Find(known) is { } variable
                && (!variable.IsBare || (!variable.Variants.IsEmpty && variable.Variants.Items.Any(v => ActiveOverrides().Allows(v.Key))));
        }
    }

    /// <summary>The variables that have the flag, in no order.</summary>
    public ImmutableArray<string> NamesWithFlag(string flag)
    {
        lock (_gate)
        {
            var names = ImmutableArray.CreateBuilder<string>();
            foreach (var name in _shared?.NamesWithFlag(flag) ?? [])
                if (!_own.ContainsKey(name)) names.Add(name.Text);
            foreach (var (name, variable) in _own)
                if (variable.FlagValueOrDefault(flag) is not null) names.Add(name.Text);
            return names.DrainToImmutable();
        }
    }

    /// <summary>
    /// The overrides with this prefix that a variant or conditional edit mentions, be it one that was replaced since; adding any other
    /// one to OVERRIDES changes nothing.
    /// </summary>
    public ImmutableArray<string> MentionedOverrides(string prefix)
    {
        lock (_gate)
        {
            var found = new HashSet<string>(StringComparer.Ordinal);
            foreach (var variable in _own.Values) variable.AddMentionedOverrides(prefix, found);
            _shared?.AddMentionedOverrides(prefix, found);
            return [.. found];
        }
    }
}
