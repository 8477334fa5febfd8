namespace Strata.Graph.Shell;

/// <summary>A word, an operator, a line end or the end of the text.</summary>
internal readonly record struct ShellToken(ShellTokenKind Kind, int Start, int Length)
{
    public ReadOnlySpan<char> In(ReadOnlySpan<char> text) => text.Slice(Start, Length);
}
