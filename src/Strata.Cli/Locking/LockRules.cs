using Strata.Core;

namespace Strata.Cli.Locking;

/// <summary>What can be wrong with a lock file: codes STR1160 to STR1169.</summary>
internal static class LockRules
{
    private static readonly Rule s_notLocked = new("STR1160", Severity.Error, "Source not locked");
    private static readonly Rule s_stale = new("STR1161", Severity.Error, "Lock file out of date");
    private static readonly Rule s_nothingToFetch = new("STR1162", Severity.Error, "Nothing says what to fetch");

    public static Diagnostic NotLocked(SourceSpan at, string recipe, string source) =>
        s_notLocked.At(at, $"{recipe}: {source} is pinned neither by the recipe nor by the lock file", hint: $"strata lock {recipe}");

    public static Diagnostic Stale(string lockFile, LockEntry entry) =>
        s_stale.At(new(lockFile), $"{entry.Recipe} has no unpinned source '{entry.Source}' any more", hint: "strata lock");

    public static Diagnostic NothingToFetch() =>
        s_nothingToFetch.At(default, "strata fetch needs targets, or --all", hint: "for instance: strata fetch target-image --into mirror");
}
