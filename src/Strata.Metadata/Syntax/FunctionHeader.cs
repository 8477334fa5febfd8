namespace Strata.Metadata.Syntax;

/// <summary><c>[python |fakeroot ]NAME () {</c>, alone on its line.</summary>
internal readonly record struct FunctionHeader(string? Name, bool IsPython, bool IsFakeroot)
{
    public static bool TryParse(ReadOnlySpan<char> line, out FunctionHeader header)
    {
        header = default;
        if (line is not [.., '{'] || line[..^1].TrimEnd() is not [.., ')'] withParentheses) return false;
        if (withParentheses[..^1].TrimEnd() is not [.., '('] opened) return false;

        var head = opened[..^1];
        var (isPython, isFakeroot) = (false, false);
        while (true)
        {
            if (head.StartsWith("python") && (head.Length == "python".Length || char.IsWhiteSpace(head["python".Length])))
            {
                isPython = true;
                head = head["python".Length..].TrimStart();
            }
            else if (head.StartsWith("fakeroot") && head.Length > "fakeroot".Length && char.IsWhiteSpace(head["fakeroot".Length]))
            {
                isFakeroot = true;
                head = head["fakeroot".Length..].TrimStart();
            }
            else
            {
                break;
            }
        }
        head = head.TrimEnd();
        foreach (var c in head)
            if (!(char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '+' or '{' or '}' or '$' or ':')) return false;
        header = new(head.IsEmpty ? null : head.ToString(), isPython || head.IsEmpty, isFakeroot);
        return true;
    }
}
