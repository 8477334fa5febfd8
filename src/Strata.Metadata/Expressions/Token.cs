namespace Strata.Metadata.Expressions;

/// <summary>A piece of the text; what it says is read from the text when the parser wants to know.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length)
{
    public int End => Start + Length;
}
