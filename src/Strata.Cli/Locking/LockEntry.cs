using Strata.Core;
using Strata.Fetch;

namespace Strata.Cli.Locking;

/// <summary>One pin that the lock file holds for a recipe.</summary>
/// <param name="Setting">SRCREV, SRCREV_name or SRC_URI_LOCK for what the recipe leaves open; <see cref="Recorded"/> for what it pins itself.</param>
/// <param name="Source">What is pinned: for git the address and, if the recipe leaves it open, the reference; for a file the address.</param>
/// <param name="Pin">Hexadecimal digits.</param>
internal sealed record LockEntry(string Recipe, string Setting, string Source, string Pin) : IComparable<LockEntry>
{
    /// <summary>What recipes pinned themselves when they were locked: no task reads it, so it is in no key; builds compare.</summary>
    public const string Recorded = "SOURCES_RECORDED";

    /// <summary>Of the lock file, counted from 1; 0 before it is in there.</summary>
    public int Line { get; init; }

    public bool IsRecord => Setting == Recorded;

    /// <summary>What the entry answers. A recipe may take several commits of one repository; of all other keys there is one pin.</summary>
    public (string, string, string) Key => (Recipe, Setting, Source);

    private string Order => $"{Recipe}\n{Setting}\n{Source}\n{Pin}";

    public static LockEntry Of(string recipe, OpenSource source, string pin) =>
        new(recipe, source.IsGit ? source.Setting : LockedDigests.Variable, source.ToString(), pin);

    public static LockEntry Of(string recipe, PinnedSource source) => new(recipe, Recorded, source.Uri.Address, source switch
    {
        PinnedFile file => file.Pin.Hex,
        PinnedGit git => git.Revision,
        _ => throw new ArgumentException($"has no pin: {source.Uri}", nameof(source)),
    });

    public int CompareTo(LockEntry? other) => string.CompareOrdinal(Order, other?.Order);

    /// <summary>Lines of BitBake's language: the override of the recipe's name makes them win over what the recipe says.</summary>
    public override string ToString() => Setting switch
    {
        Recorded => $"{Setting}:append:pn-{Recipe} = \" {Pin}@{Source}\"\n",
        LockedDigests.Variable => $"{Setting}:append:pn-{Recipe} = \" {LockedDigests.Word(Digest.Parse(Pin), Source)}\"\n",
        _ => $"# {Source}\n{Setting}:pn-{Recipe} = \"{Pin}\"\n",
    };
}
