namespace Strata.Metadata;

/// <summary>A variable read once: its text before and after expansion, and the removes that took a word out of it.</summary>
internal sealed record Expansion(string? Unexpanded, string? Value, string[] RemovesUsed)
{
    public static Expansion Undefined { get; } = new(null, null, []);
}
