using System.Text.RegularExpressions;

namespace Strata.Packaging;

/// <summary>A package that another one names, perhaps only in some versions.</summary>
/// <param name="Operator">One of <c>&lt;&lt; &lt;= = &gt;= &gt;&gt;</c>; empty when every version will do.</param>
public sealed partial record PackageRelation(string Name, string Operator, string Version)
{
    /// <summary>Reads an item of <see cref="RuntimeDependency.ParseList"/>; BitBake's <c>&lt;</c> and <c>&gt;</c> are strict, as dpkg's <c>&lt;&lt;</c> and <c>&gt;&gt;</c>.</summary>
    public static PackageRelation Parse(string dependency)
    {
        var name = RuntimeDependency.NameOf(dependency);
        if (Constraint().Match(dependency) is not { Success: true } match) return new(name, "", "");
        return new(name, match.Groups[1].Value switch { "<" => "<<", ">" => ">>", "==" => "=", var other => other }, match.Groups[2].Value);
    }

    /// <summary>Whether a package of that version will do.</summary>
    public bool Admits(string version) => (Operator, PackageVersion.Compare(version, Version)) switch
    {
        ("", _) => true,
        ("<<", var order) => order < 0,
        ("<=", var order) => order <= 0,
        ("=", var order) => order == 0,
        (">=", var order) => order >= 0,
        (_, var order) => order > 0,
    };

    public override string ToString() => Operator.Length == 0 ? Name : $"{Name} ({Operator} {Version})";

    [GeneratedRegex(@"\(\s*(<<|<=|<|==|=|>=|>>|>)\s*([^\s)]+)\s*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Constraint();
}
