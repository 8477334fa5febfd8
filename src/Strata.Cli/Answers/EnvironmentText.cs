using System.Text;

namespace Strata.Cli.Answers;

/// <summary>The form of <c>bitbake -e</c>, which shells and many scripts can read: variables, then functions.</summary>
internal static class EnvironmentText
{
    public static string Of(EnvironmentAnswer answer)
    {
        var text = new StringBuilder();
        foreach (var variable in answer.Variables) AppendVariable(text, variable);
        foreach (var function in answer.Functions) AppendFunction(text, function);
        return text.ToString();
    }

    private static void AppendVariable(StringBuilder text, EnvironmentVariable variable)
    {
        foreach (var (flag, value) in variable.Flags) _ = text.Append($"#   {variable.Name}[{flag}] = \"{value.Replace("\n", "\\n", StringComparison.Ordinal)}\"\n");
        if (variable.Problem is not null) _ = text.Append($"# {variable.Name} cannot be expanded: {variable.Problem.ReplaceLineEndings(" ")}\n");
        if (variable.Value is null) return;
        if (variable.Exported) _ = text.Append("export ");
        _ = text.Append(variable.Name).Append("=\"").Append(Escaped(variable.Value)).Append("\"\n");
    }

    private static void AppendFunction(StringBuilder text, EnvironmentVariable function)
    {
        if (function.Problem is not null) _ = text.Append($"# {function.Name} cannot be expanded: {function.Problem.ReplaceLineEndings(" ")}\n");
        var body = function.Value?.TrimEnd('\n') is { Length: > 0 } lines ? lines : "    :";
        _ = text.Append($"{(function.IsPython ? "python " : "")}{function.Name} () {{\n{body}\n}}\n");
    }

    private static string Escaped(string value) =>
        value.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", " \\\n", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal);
}
