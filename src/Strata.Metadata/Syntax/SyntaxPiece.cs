namespace Strata.Metadata.Syntax;

/// <summary>A part of a file's text that is one statement, or none: an empty line, a comment, something that is not understood.</summary>
/// <param name="Start">In characters from the start of the text.</param>
/// <param name="End">Behind the last character, the line's end included.</param>
internal readonly record struct SyntaxPiece(int Start, int End, Statement? Statement);
