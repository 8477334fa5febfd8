using System.Collections.Concurrent;
using System.Collections.Immutable;
using Strata.Metadata.Names;

namespace Strata.Metadata;

/// <summary>A frozen set of variables on top of another; shared by every store that was copied from it.</summary>
internal sealed class VariableLayer
{
    private readonly VariableLayer? _below;
    private readonly Dictionary<Name, Variable>? _some;
    private readonly Variable?[]? _all;
    private readonly ConcurrentDictionary<string, ImmutableArray<Name>> _withFlag = new(StringComparer.Ordinal);

    public VariableLayer(VariableLayer? below, Dictionary<Name, Variable> variables)
    {
        _below = below;
        _some = variables;
    }

    private VariableLayer(Variable?[] all) => _all = all;

    /// <param name="reads">Learns of it when the answer comes from the flattened bottom, be it that there is no such variable.</param>
    public Variable? Find(Name name, ConfigurationReads? reads)
    {
        for (var layer = this; layer is not null; layer = layer._below)
        {
            if (layer._all is { } all)
            {
                reads?.Add(name);
                return name.Id < all.Length ? all[name.Id] : null;
            }
            if (layer._some!.TryGetValue(name, out var variable)) return variable;
        }
        return null;
    }

    /// <summary>Every override that a variable of this layer mentions.</summary>
    private HashSet<string> OwnMentions => field ??= (Flat ?? _some!).Values.SelectMany(v => v.MentionedOverrides()).ToHashSet(StringComparer.Ordinal);

    /// <summary>Those of <see cref="OwnMentions"/> and of the layers below that start with the prefix.</summary>
    public void AddMentionedOverrides(string prefix, HashSet<string> found)
    {
        found.UnionWith(OwnMentions.Where(m => m.StartsWith(prefix, StringComparison.Ordinal)));
        _below?.AddMentionedOverrides(prefix, found);
    }

    /// <summary>The variables with the flag, in no order. Worked out once for all stores that share this layer.</summary>
    public ImmutableArray<Name> NamesWithFlag(string flag) => _withFlag.GetOrAdd(flag, static (wanted, layer) =>
    [
        .. (layer.Flat ?? layer._some!).Where(v => v.Value.FlagValueOrDefault(wanted) is not null).Select(v => v.Key),
        .. layer.Flat is not null || layer._below is null ? [] : layer._below.NamesWithFlag(wanted).Where(n => !layer._some!.ContainsKey(n)),
    ], this);

    /// <summary>The same content in one layer with the quickest look-up.</summary>
    public VariableLayer Flatten()
    {
        var all = new Variable?[Name.Count];
        var content = Content();
        foreach (var variable in content.Values) variable.Variants = variable.Variants.Flatten();
        foreach (var (name, variable) in content) all[name.Id] = variable.IsBare && variable.Variants.IsEmpty && variable.History is null ? null : variable;
        return new(all) { Flat = content };
    }

    /// <summary>All variables by name, upper layers winning.</summary>
    public Dictionary<Name, Variable> Content()
    {
        if (Flat is not null) return Flat;
        var content = _below is null ? [] : new Dictionary<Name, Variable>(_below.Content());
        foreach (var (name, variable) in _some!) content[name] = variable;
        return content;
    }

    private Dictionary<Name, Variable>? Flat { get; init; }

    /// <summary>The names that key expansion has to look at.</summary>
    public Name[] NamesWithReferences => field ??=
        Flat is not null ? [.. Flat.Keys.Where(n => n.HasReference)] : [.. (_below?.NamesWithReferences ?? []).Union(_some!.Keys.Where(n => n.HasReference))];
}
