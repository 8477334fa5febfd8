using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Strata.Core;
using Strata.Fetch;

namespace Strata.Cli.Locking;

/// <summary>
/// <c>conf/strata-lock.inc</c> of a workspace: a plain configuration file that every build includes. It holds the pins that recipes leave
/// open, and nothing else: what a recipe pins itself is locked already.
/// </summary>
internal static partial class LockFile
{
    private const string Heading = """
        # Written by 'strata lock': what branches, tags and files without a digest were when they were locked.
        # Builds use exactly this. Keep it under version control; 'strata lock --update [RECIPE]' renews it.


        """;

    public static string PathIn(Workspace workspace) => Path.Combine(workspace.TopDirectory, "conf", "strata-lock.inc");

    /// <summary>The same workspace as if it had no lock file: there it shows what recipes leave open.</summary>
    public static Workspace Without(Workspace workspace) =>
        workspace with { Variables = workspace.Variables.SetItem("LOCK_FILE", Path.Combine(workspace.TopDirectory, "conf", "no-lock.inc")) };

    /// <summary>The entries of the file; lines of another form are left alone and get lost when it is written again.</summary>
    public static ImmutableSortedSet<LockEntry> Read(string path)
    {
        var entries = ImmutableSortedSet.CreateBuilder<LockEntry>();
        var comment = "";
        foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            if (line.StartsWith("# ", StringComparison.Ordinal)) comment = line[2..];
            else if (DigestLine().Match(line) is { Success: true } file)
                foreach (var (address, digest) in LockedDigests.Parse(file.Groups["words"].Value)) entries.Add(new(file.Groups["recipe"].Value, LockedDigests.Variable, address, digest.Hex));
            else if (RevisionLine().Match(line) is { Success: true } git)
                entries.Add(new(git.Groups["recipe"].Value, git.Groups["setting"].Value, comment, git.Groups["pin"].Value));
        }
        return entries.ToImmutable();
    }

    public static void Write(string path, ImmutableSortedSet<LockEntry> entries) => AtomicFile.WriteAllText(path, Heading + string.Concat(entries));

    [GeneratedRegex("^SRC_URI_LOCK:append:pn-(?<recipe>[^ ]+) = \"(?<words>[^\"]*)\"$", RegexOptions.CultureInvariant)]
    private static partial Regex DigestLine();

    [GeneratedRegex("^(?<setting>SRCREV(_[^:]+)?):pn-(?<recipe>[^ ]+) = \"(?<pin>[0-9a-f]+)\"$", RegexOptions.CultureInvariant)]
    private static partial Regex RevisionLine();
}
