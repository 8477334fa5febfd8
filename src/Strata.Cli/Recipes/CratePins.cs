using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Cli.Recipes;

/// <summary>The crates of a Cargo.lock as entries of SRC_URI: the lock file has their digests already.</summary>
internal static partial class CratePins
{
    /// <summary>The text of an include file; empty when the sources use the standard library alone, or carry what they use.</summary>
    public static string Of(SourceTree tree)
    {
        if (Directory.Exists(Path.Combine(tree.Directory, "vendor"))) return "";
        var crates = Crate().Matches(tree.Read("Cargo.lock")).Select(m => (Name: m.Groups["name"].Value, Version: m.Groups["version"].Value, Sum: m.Groups["sum"].Value)).ToArray();
        if (crates.Length == 0) return "";
        var text = new StringBuilder("# From Cargo.lock.\nSRC_URI += \" \\\n");
        foreach (var (name, version, _) in crates) _ = text.Append($"    crate://crates.io/{name}/{version} \\\n");
        _ = text.Append("\"\n");
        foreach (var (name, version, sum) in crates) _ = text.Append($"SRC_URI[{name}-{version}.sha256sum] = \"{sum}\"\n");
        return text.ToString();
    }

    [GeneratedRegex("^name = \"(?<name>[^\"]+)\"\nversion = \"(?<version>[^\"]+)\"\nsource = \"registry\\+[^\"]+\"\nchecksum = \"(?<sum>[0-9a-f]{64})\"", RegexOptions.Multiline)]
    private static partial Regex Crate();
}
