using System.Text;

namespace Strata.Graph.Commands;

/// <summary>Names and values as the shell can take them.</summary>
internal static class ShellName
{
    public static bool IsVariable(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>Functions are called by their own names, so only those that a shell accepts can be written out.</summary>
    public static bool IsFunction(string name) => IsVariable(name);

    /// <summary>In double quotes as BitBake writes it: a backslash keeps its meaning, a line end becomes a blank.</summary>
    public static string Quoted(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in value)
            _ = c switch
            {
                '"' or '$' or '`' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append(" \\\n"),
                _ => quoted.Append(c),
            };
        return quoted.Append('"').ToString();
    }
}
