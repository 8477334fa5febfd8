namespace Strata.Fetch;

/// <summary>What lies where a checkout is wanted. The family is closed.</summary>
public abstract record CheckoutState
{
    private CheckoutState()
    {
    }

    /// <summary>Nothing.</summary>
    public sealed record Absent : CheckoutState;

    /// <summary>Something that is no git work tree.</summary>
    public sealed record Foreign : CheckoutState;

    /// <summary>An earlier checkout was stopped half-way.</summary>
    public sealed record Unfinished : CheckoutState;

    /// <param name="Head">The commit that is checked out; empty before the first one.</param>
    /// <param name="Record">What Strata checked out here last; null when it did not make this.</param>
    /// <param name="Changes">Files that are changed or not in git.</param>
    public sealed record Present(string Head, CheckoutRecord? Record, int Changes) : CheckoutState;
}
