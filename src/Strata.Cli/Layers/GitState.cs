using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cli.Layers;

/// <summary>What git says about the directory of a layer.</summary>
/// <param name="Commit">Of HEAD; empty before the first commit.</param>
/// <param name="Branch">Empty when HEAD is no branch.</param>
/// <param name="Changed">Files below the directory that differ from the commit or are not in it, relative to the directory; sorted.</param>
public sealed record GitState(string Commit, string Branch, ImmutableArray<string> Changed)
{
    private const int ShortCommit = 12;

    public bool IsDirty => Changed.Length > 0;

    public override string ToString() =>
        $"{(Branch.Length > 0 ? Branch + " " : "")}{(Commit.Length > ShortCommit ? Commit[..ShortCommit] : Commit)}{(IsDirty ? $", {Changed.Length} changed" : "")}".Trim();

    /// <summary>Null when the directory is in no work tree, or when there is no git.</summary>
    public static async Task<GitState?> ReadAsync(string directory, CancellationToken cancel)
    {
        try
        {
            // Porcelain 2 with the branch tells commit, branch and changes at once.
            var spec = new ProcessSpec { Command = Asking(directory, "--no-optional-locks", "status", "--porcelain=2", "--branch", "--untracked-files=all", "--", ".") };
            var outcome = await ProcessRunner.RunAsync(spec, cancel);
            return outcome.Succeeded ? Parse(outcome.Output.Split('\n')) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Layers may belong to somebody else, as on a build server; then git would say nothing of them. It is asked for facts only, and runs
    /// no program that their configuration names.
    /// </summary>
    public static ImmutableArray<string> Asking(string directory, params ReadOnlySpan<string> question) =>
        ["git", "-C", directory, "-c", "safe.directory=*", "-c", "core.fsmonitor=false", .. question];

    private static GitState Parse(string[] lines)
    {
        var commit = After("# branch.oid ");
        var branch = After("# branch.head ");
        var changed = lines.Where(l => l.Length > 2 && l[0] is '1' or '2' or 'u' or '?').Select(FileOf).Order(StringComparer.Ordinal);
        return new(commit == "(initial)" ? "" : commit, branch == "(detached)" ? "" : branch, [.. changed]);

        string After(string start) => lines.FirstOrDefault(l => l.StartsWith(start, StringComparison.Ordinal))?[start.Length..] ?? "";
    }

    /// <summary>The path is the last of the fields, of which each kind of line has a fixed number.</summary>
    private static string FileOf(string line)
    {
        var fields = line[0] switch { '1' => 9, '2' => 10, 'u' => 11, _ => 2 };
        return line.Split(' ', fields)[^1].Split('\t')[0];
    }
}
