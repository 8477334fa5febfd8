using System.Collections.Frozen;
using System.Collections.Immutable;
using Strata.Metadata;
using Strata.Metadata.Expressions;

namespace Strata.Graph.Keys;

/// <summary>
/// What the texts of a variable and of its flags say about its part in keys, whatever recipe it is in; and what is left to ask each recipe.
/// </summary>
internal sealed class VariableShape
{
    public required VariableEntry Entry { private get; init; }

    public required FrozenSet<string> ExcludedFlags { private get; init; }

    /// <summary>With the dependencies that the texts name; null if the texts alone do not tell.</summary>
    public required AnalysedVariable? Variable { get; init; }

    /// <summary>The flags that are fields of their own.</summary>
    public ImmutableArray<AnalysedVariable> FlagVariables { get; init; } = [];

    /// <summary>Names that count where the recipe has them: what is called as a function or command.</summary>
    public ImmutableArray<string> Candidates { get; init; } = [];

    public ImmutableArray<WordTest> WordTests { get; init; } = [];

    /// <summary>A shell function whose commands may come out of references.</summary>
    public bool MustBeExpanded { get; init; }

    /// <summary>An expression that may fail.</summary>
    public bool MustBeEvaluated { get; init; }

    /// <summary>The names whose values must bring no new references where BitBake's exact answer is wanted.</summary>
    public ImmutableArray<string> References { get; init; } = [];

    /// <summary>Nothing is left to ask a recipe.</summary>
    public bool IsSameEverywhere => Candidates.IsEmpty && WordTests.IsEmpty && !MustBeExpanded && !MustBeEvaluated;

    public bool Fits(in VariableEntry entry, FrozenSet<string> excludedFlags) =>
        entry.Text == Entry.Text && ReferenceEquals(excludedFlags, ExcludedFlags) && entry.Removes.IsEmpty
        && (entry.Flags == Entry.Flags || entry.Flags.AsSpan().SequenceEqual(Entry.Flags.AsSpan()));
}
