namespace Strata.Metadata.Syntax;

/// <summary><c>def NAME(PARAMETERS):</c>.</summary>
internal static class PythonHeader
{
    public static bool TryParse(ReadOnlySpan<char> line, out string name, out string parameters)
    {
        (name, parameters) = ("", "");
        if (!line.StartsWith("def") || line.Length < 5 || !char.IsWhiteSpace(line[3])) return false;
        var rest = line[3..].TrimStart();
        var length = 0;
        while (length < rest.Length && (char.IsLetterOrDigit(rest[length]) || rest[length] == '_')) length++;
        if (length == 0 || !rest[length..].Contains(':')) return false;

        name = rest[..length].ToString();
        var (open, close) = (rest.IndexOf('('), rest.LastIndexOf(')'));
        if (open >= 0 && close > open) parameters = rest[(open + 1)..close].ToString();
        return true;
    }
}
