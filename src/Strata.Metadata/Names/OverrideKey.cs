namespace Strata.Metadata.Names;

/// <summary>One or more override words joined by colons: the suffix that makes a variant, or the condition of an edit.</summary>
internal sealed class OverrideKey(string text)
{
    public string Text { get; } = text;

    public string[] Parts { get; } = text.Split(':');

    public override string ToString() => Text;
}
