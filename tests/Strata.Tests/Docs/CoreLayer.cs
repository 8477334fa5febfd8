using System.Text.RegularExpressions;
using Strata.Cli.Documentation;

namespace Strata.Tests.Docs;

/// <summary>What meta-core sets, found in the text of its files: also where no configuration of the tests reads them.</summary>
internal static partial class CoreLayer
{
    private static readonly string s_root = RepositoryTree.Path("meta-core");

    public static LayerPages Pages { get; } = new([s_root]);

    /// <summary>Assignments outside of functions, by file and place: the file relative to the layer, the variable, the operator, the value in one line.</summary>
    public static IReadOnlyList<(string File, string Name, string Operator, string Value)> Assignments { get; } =
    [
        .. from file in Files()
           let text = Continuation().Replace(Function().Replace(File.ReadAllText(file), ""), " ")
           from Match match in Assignment().Matches(text)
           select (Path.GetRelativePath(s_root, file), match.Groups["name"].Value, match.Groups["operator"].Value, Blanks().Replace(match.Groups["value"].Value, " ")),
    ];

    /// <summary>Variables that the program asks the metadata for by name, in the stages that read recipes and configuration.</summary>
    public static IEnumerable<string> ReadByTheProgram { get; } =
    [
        .. from stage in (string[])["Strata.Cli", "Strata.Fetch", "Strata.Graph", "Strata.Metadata", "Strata.Compliance/Policy"]
           from file in Directory.EnumerateFiles(RepositoryTree.Path($"src/{stage}"), "*.cs", SearchOption.AllDirectories)
           from Match match in Reading().Matches(File.ReadAllText(file))
           let name = match.Groups["name"].Value
           orderby name
           select name,
    ];

    private static IEnumerable<string> Files() =>
        new[] { ("conf", "*.conf"), ("conf", "*.inc"), ("classes", "*.bbclass") }
            .SelectMany(k => Directory.EnumerateFiles(Path.Combine(s_root, k.Item1), k.Item2, SearchOption.AllDirectories)).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^[\w:${}-]+ *\(\) *\{.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Function();

    [GeneratedRegex(@"\\\n")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"^(?:export )?(?<name>[A-Z][A-Z0-9_]+)(?::[^\s=\[?+.]+)* *(?<operator>\?\?=|\?=|:=|\+=|=\+|\.=|=\.|=) *""(?<value>.*)""$", RegexOptions.Multiline)]
    private static partial Regex Assignment();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\b(?:Text|Words|Flag|Variable|ForPackage|Get|GetUnexpanded|GetFlag|FlagNames|List|Names|Pairs|IsSet|Mirrors)\((?:\w+, )?""(?<name>[A-Z][A-Z0-9_]{2,})""")]
    private static partial Regex Reading();
}
