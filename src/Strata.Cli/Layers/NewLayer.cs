using System.Text.RegularExpressions;

namespace Strata.Cli.Layers;

/// <summary>A layer that starts with a configuration, a readme and a licence, and if wanted with a recipe that builds.</summary>
internal static partial class NewLayer
{
    /// <summary>The name without the usual <c>meta-</c>; null when it cannot be a name.</summary>
    public static string? NameFrom(string typed)
    {
        var name = typed.StartsWith("meta-", StringComparison.Ordinal) ? typed["meta-".Length..] : typed;
        return ValidName().IsMatch(name) ? name : null;
    }

    public static Dictionary<string, string> Words(string name, string series, int priority) => new(StringComparer.Ordinal)
    {
        ["NAME"] = name,
        ["SERIES"] = series,
        ["PRIORITY"] = priority.ToString(null, null),
        ["LICENSE_SHA256"] = Template.LicenseDigest,
        ["TARGET"] = $"{name}-example",
    };

    public static bool IsTaken(string directory) => File.Exists(directory) || (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any());

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex ValidName();
}
