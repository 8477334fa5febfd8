using System.Collections.Immutable;
using Strata.Core;
using Strata.Fetch;
using Strata.Metadata;

namespace Strata.Cli.Builtins;

/// <summary>What the variables of a recipe say about its sources.</summary>
internal static class SourceRequests
{
    public static SourceRequest Of(Recipe recipe) => Of(recipe.Name, new(recipe.File), Words.Of(recipe.Variables.GetFlag("do_fetch", "secrets")), name =>
        name.IndexOf('[', StringComparison.Ordinal) is > 0 and var flag ? recipe.Variables.GetFlag(name[..flag], name[(flag + 1)..^1]) : recipe.Variables.Get(name));

    /// <param name="secrets">The words of <c>[secrets]</c> of the task that fetches.</param>
    /// <param name="read">The final value of a variable, or of a flag written <c>NAME[flag]</c>.</param>
    public static SourceRequest Of(string recipe, SourceSpan place, IReadOnlyCollection<string> secrets, Func<string, string?> read)
    {
        var uris = read("SRC_URI") ?? "";
        var (flags, variables) = SourcePlan.PinNames(uris);
        return new()
        {
            Recipe = recipe,
            Place = place,
            SourceUris = uris,
            Pins = Present(flags, flag => read($"SRC_URI[{flag}]")),
            Revisions = Present(variables, read),
            Locked = LockedDigests.Parse(read(LockedDigests.Variable)),
            DevelopmentDirectory = DirectoryOf(read),
            SourceDirectory = DirectoryOf(read).Length > 0 ? read("S") ?? "" : "",
            Secrets = SourceSecrets.Of(secrets),
            FileSearchPath = [.. (read("FILESPATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)],
        };
    }

    /// <summary>EXTERNALSRC of a recipe; empty when it is built from its own sources.</summary>
    public static string DirectoryOf(Func<string, string?> read) => read("EXTERNALSRC")?.Trim() ?? "";

    private static ImmutableSortedDictionary<string, string> Present(ImmutableArray<string> names, Func<string, string?> read) =>
        names.Select(n => (Name: n, Value: read(n))).Where(v => v.Value is not null).ToImmutableSortedDictionary(v => v.Name, v => v.Value!, StringComparer.Ordinal);
}
