using System.Collections.Immutable;

namespace Strata.Metadata;

/// <summary>What a store says about one name before anything is expanded; everything that a key can depend on.</summary>
/// <param name="Text">Winning variant, appends and prepends applied; null if there is none.</param>
/// <param name="Flags">In the order they were set, also those that start with an underscore.</param>
/// <param name="Removes">The texts of the <c>:remove</c> edits in force.</param>
public readonly record struct VariableEntry(string? Text, ImmutableArray<Flag> Flags, ImmutableArray<string> Removes)
{
    public static VariableEntry None { get; } = new(null, [], []);

    /// <summary>A flag's unexpanded text, or null.</summary>
    public string? Flag(string name)
    {
        foreach (var flag in Flags)
            if (flag.Name == name) return flag.Value ?? flag.Default;
        return null;
    }
}
