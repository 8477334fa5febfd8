using Strata.Metadata.Expressions;
using Strata.Metadata.Names;

namespace Strata.Metadata;

/// <summary>What is stored under one name. Owned by one store while that store can change; arrays are replaced, never written.</summary>
internal sealed class Variable
{
    public string? Value;
    public string? Default;

    /// <summary>It was set to nothing, which a default does not fill.</summary>
    public bool HidesDefault;
    public Edit[] Appends = [];
    public Edit[] Prepends = [];
    public Edit[] Removes = [];
    public VariantSet Variants = VariantSet.Empty;
    public Flag[] Flags = [];

    /// <summary>The tasks that the task of this name comes after; null if it never was a task.</summary>
    public string[]? After;

    /// <summary>The <c>def</c> of this name.</summary>
    public PythonFunction? Function;

    public HistoryEntry? History;

    /// <summary>Nothing but the registration of variants: the name itself does not exist.</summary>
    public bool IsBare => Value is null && Default is null && Appends.Length == 0 && Prepends.Length == 0 && Removes.Length == 0 && Flags.Length == 0
        && After is null;

    public string? ValueOrDefault => Value ?? (HidesDefault ? null : Default);

    public Variable Clone() => (Variable)MemberwiseClone();

    public string? FlagValue(string name)
    {
        foreach (var flag in Flags)
            if (flag.Name == name) return flag.Value;
        return null;
    }

    public string? FlagValueOrDefault(string name)
    {
        foreach (var flag in Flags)
            if (flag.Name == name) return flag.Value ?? flag.Default;
        return null;
    }

    public void SetFlag(string name, string value) => SetFlag(name, flag => flag with { Value = value });

    public void SetFlagDefault(string name, string value) => SetFlag(name, flag => flag with { Default = value });

    /// <summary>A default goes only together with a value.</summary>
    public void RemoveFlag(string name)
    {
        if (FlagValue(name) is not null) Flags = Array.FindAll(Flags, f => f.Name != name);
    }

    /// <summary>Every override in the condition of a variant or edit.</summary>
    public IEnumerable<string> MentionedOverrides() =>
        Variants.Items.Select(v => v.Key).Concat(Appends.Concat(Prepends).Concat(Removes).Select(e => e.Condition).OfType<OverrideKey>()).SelectMany(k => k.Parts);

    /// <summary>The overrides with the prefix among them, without making a list: most variables have none.</summary>
    public void AddMentionedOverrides(string prefix, HashSet<string> found)
    {
        if (Variants.IsEmpty && Appends.Length + Prepends.Length + Removes.Length == 0) return;
        foreach (var word in MentionedOverrides())
            if (word.StartsWith(prefix, StringComparison.Ordinal)) _ = found.Add(word);
    }

    public void AddEdit(EditKind kind, Edit edit)
    {
        switch (kind)
        {
            case EditKind.Append: Appends = [.. Appends, edit]; break;
            case EditKind.Prepend: Prepends = [.. Prepends, edit]; break;
            case EditKind.Remove: Removes = [.. Removes, edit]; break;
            case EditKind.None: break;
        }
    }

    private void SetFlag(string name, Func<Flag, Flag> change)
    {
        var at = Array.FindIndex(Flags, f => f.Name == name);
        if (at < 0)
        {
            Flags = [.. Flags, change(new(name, null, null))];
            return;
        }
        var flags = (Flag[])Flags.Clone();
        flags[at] = change(flags[at]);
        Flags = flags;
    }
}
