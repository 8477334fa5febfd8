using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cli.Locking;

/// <summary>What can be wrong with a lock file: codes STR1160 to STR1169.</summary>
internal static class LockRules
{
    private static readonly Rule s_notLocked = new("STR1160", Severity.Error, "Source not locked");
    private static readonly Rule s_stale = new("STR1161", Severity.Error, "Lock file out of date");
    private static readonly Rule s_nothingToFetch = new("STR1162", Severity.Error, "Nothing says what to fetch");
    private static readonly Rule s_changed = new("STR1163", Severity.Error, "Source is not the one that was locked");
    private static readonly Rule s_development = new("STR1164", Severity.Error, "Recipe is built from a directory");
    private static readonly Rule s_floating = new("STR1165", Severity.Warning, "Source is what it is today");

    public static Diagnostic Floating(SourceSpan at, string recipe, string source, string pin) =>
        s_floating.At(at, $"{recipe}: {source} is {pin} today, and may be another one tomorrow", hint: $"to keep it: strata lock {recipe}");

    public static Diagnostic NotRecorded(string lockFile, SourceSpan at, LockEntry entry) =>
        s_notLocked.At(at, $"{entry.Recipe}: {entry.Source} is not in {Path.GetFileName(lockFile)}", hint: $"strata lock {entry.Recipe}");

    /// <param name="recipe">Where the pins of now come from.</param>
    public static Diagnostic Changed(string lockFile, LockEntry was, ImmutableArray<string> now, SourceSpan recipe) =>
        s_changed.At(new(lockFile, was.Line), $"{was.Recipe}: {was.Source} was locked at {was.Pin}, but {recipe} now says {string.Join(" and ", now)}",
            hint: $"if that is meant: strata lock --update {was.Recipe}; if not, put the old pin back into the recipe");

    public static Diagnostic Development(SourceSpan at, string recipe, string directory) =>
        s_development.At(at, $"{recipe} is built from {directory} (EXTERNALSRC), which nothing pins", hint: $"remove EXTERNALSRC:pn-{recipe} from conf/local.conf");

    public static Diagnostic NotLocked(SourceSpan at, string recipe, string source) =>
        s_notLocked.At(at, $"{recipe}: {source} is pinned neither by the recipe nor by the lock file", hint: $"strata lock {recipe}");

    public static Diagnostic Stale(string lockFile, LockEntry entry) =>
        s_stale.At(new(lockFile, entry.Line), $"{entry.Recipe} has no {(entry.IsRecord ? "" : "unpinned ")}source '{entry.Source}' any more", hint: "strata lock");

    public static Diagnostic NothingToFetch() =>
        s_nothingToFetch.At(default, "strata fetch needs targets, or --all", hint: "for instance: strata fetch target-image --into mirror");
}
