using Strata.Core;
using Strata.Fetch;

namespace Strata.Cli.Locking;

/// <summary>One pin that the lock file holds for a recipe that leaves it open.</summary>
/// <param name="Setting">SRCREV or SRCREV_name for a commit, SRC_URI_LOCK for a digest.</param>
/// <param name="Source">What is pinned: for git the address and the reference, for a file the address.</param>
/// <param name="Pin">Hexadecimal digits.</param>
internal sealed record LockEntry(string Recipe, string Setting, string Source, string Pin) : IComparable<LockEntry>
{
    /// <summary>What the entry answers; two entries with the same key cannot both be right.</summary>
    public (string, string, string) Key => (Recipe, Setting, Source);

    public static LockEntry Of(string recipe, OpenSource source, string pin) =>
        new(recipe, source.IsGit ? source.Setting : LockedDigests.Variable, source.ToString(), pin);

    private string Order => $"{Recipe}\n{Setting}\n{Source}\n{Pin}";

    public int CompareTo(LockEntry? other) => string.CompareOrdinal(Order, other?.Order);

    /// <summary>Lines of BitBake's language: the override of the recipe's name makes them win over what the recipe says.</summary>
    public override string ToString() => Setting == LockedDigests.Variable
        ? $"{Setting}:append:pn-{Recipe} = \" {LockedDigests.Word(Digest.Parse(Pin), Source)}\"\n"
        : $"# {Source}\n{Setting}:pn-{Recipe} = \"{Pin}\"\n";
}
