using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Strata.Core;
using Strata.Fetch;

namespace Strata.Cli.Locking;

/// <summary>
/// <c>conf/strata-lock.inc</c> of a workspace: a plain configuration file that every build includes. It pins what recipes leave open, and
/// records what they pin themselves, so that a pin cannot change without anybody noticing.
/// </summary>
internal static partial class LockFile
{
    private const string Heading = """
        # Written by 'strata lock': what branches, tags and files were when they were locked.
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
        foreach (var (at, line) in (File.Exists(path) ? File.ReadAllLines(path) : []).Index())
        {
            if (line.StartsWith("# ", StringComparison.Ordinal)) comment = line[2..];
            else foreach (var entry in EntriesOf(line, comment)) entries.Add(entry with { Line = at + 1 });
        }
        return entries.ToImmutable();
    }

    public static void Write(string path, ImmutableSortedSet<LockEntry> entries) => AtomicFile.WriteAllText(path, Heading + string.Concat(entries));

    private static IEnumerable<LockEntry> EntriesOf(string line, string comment)
    {
        if (WordsLine().Match(line) is { Success: true } words)
            return words.Groups["setting"].Value == LockEntry.Recorded
                ? Words.Of(words.Groups["words"].Value).Select(w => w.Split('@', 2)).Where(w => w.Length == 2).Select(w => new LockEntry(words.Groups["recipe"].Value, LockEntry.Recorded, w[1], w[0]))
                : LockedDigests.Parse(words.Groups["words"].Value).Select(d => new LockEntry(words.Groups["recipe"].Value, LockedDigests.Variable, d.Key, d.Value.Hex));
        return RevisionLine().Match(line) is { Success: true } git ? [new(git.Groups["recipe"].Value, git.Groups["setting"].Value, comment, git.Groups["pin"].Value)] : [];
    }

    [GeneratedRegex("^(?<setting>SRC_URI_LOCK|SOURCES_RECORDED):append:pn-(?<recipe>[^ ]+) = \"(?<words>[^\"]*)\"$", RegexOptions.CultureInvariant)]
    private static partial Regex WordsLine();

    [GeneratedRegex("^(?<setting>SRCREV(_[^:]+)?):pn-(?<recipe>[^ ]+) = \"(?<pin>[0-9a-f]+)\"$", RegexOptions.CultureInvariant)]
    private static partial Regex RevisionLine();
}
