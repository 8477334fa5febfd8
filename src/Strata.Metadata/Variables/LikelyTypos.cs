using System.Collections.Frozen;
using Strata.Core;
using Strata.Metadata.Names;
using Strata.Metadata.Syntax;

namespace Strata.Metadata;

/// <summary>Finds variables of a recipe whose names are one slip away from those that classes and built-in tasks read.</summary>
internal static class LikelyTypos
{
    private const int ShortestName = 5;

    private static readonly FrozenSet<string> s_wellKnown = FrozenSet.Create(StringComparer.Ordinal,
        "DEPENDS", "RDEPENDS", "RRECOMMENDS", "RSUGGESTS", "RPROVIDES", "RCONFLICTS", "RREPLACES", "PROVIDES", "PACKAGES", "PACKAGECONFIG", "FILES",
        "SUMMARY", "DESCRIPTION", "HOMEPAGE", "SECTION", "LICENSE", "LIC_FILES_CHKSUM", "SRC_URI", "SRCREV", "EXTRA_OECONF", "EXTRA_OEMAKE",
        "EXTRA_OECMAKE", "EXTRA_OEMESON", "BBCLASSEXTEND", "COMPATIBLE_MACHINE", "COMPATIBLE_HOST", "INSANE_SKIP", "ALLOW_EMPTY", "CONFFILES",
        "IMAGE_INSTALL", "IMAGE_FEATURES", "IMAGE_FSTYPES", "INHERIT", "MACHINE", "DISTRO", "OVERRIDES", "FILESEXTRAPATHS");

    /// <summary>Looks at what the recipe's own file assigns; what anything of the recipe refers to is no slip.</summary>
    public static void Report(Datastore store, Datastore configuration, string file, Diagnostics diagnostics)
    {
        foreach (var name in store.OwnNames())
        {
            if (name.Text.Length < ShortestName || s_wellKnown.Contains(BaseOf(name)) || configuration.Find(name) is not null) continue;
            if (store.Find(name)?.History?.Statement is not AssignmentStatement { Flag: null } statement || statement.Place.File != file) continue;
            if (Meant(BaseOf(name)) is { } meant && !IsReferredTo(store, BaseOf(name))) diagnostics.Add(MetadataRules.LikelyTypo(statement.Place, BaseOf(name), meant));
        }
    }

    private static string BaseOf(Name name) => name.Text.IndexOf(':') is > 0 and var colon ? name.Text[..colon] : name.Text;

    private static string? Meant(string name)
    {
        foreach (var known in s_wellKnown)
            if (IsOneSlipAway(name, known)) return known;
        return null;
    }

    private static bool IsReferredTo(Datastore store, string name) =>
        store.OwnNames().Any(n => store.Find(n)?.Value?.Contains(name, StringComparison.Ordinal) is true);

    /// <summary>One character more, less or different, or two neighbours swapped.</summary>
    private static bool IsOneSlipAway(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 1) return false;
        var same = a.AsSpan().CommonPrefixLength(b);
        var restA = a.AsSpan(same);
        var restB = b.AsSpan(same);
        if (restA.IsEmpty && restB.IsEmpty) return false;
        if (a.Length > b.Length) return restA[1..].SequenceEqual(restB);
        if (a.Length < b.Length) return restB[1..].SequenceEqual(restA);
        return restA[1..].SequenceEqual(restB[1..])
            || (restA.Length > 1 && restA[0] == restB[1] && restA[1] == restB[0] && restA[2..].SequenceEqual(restB[2..]));
    }
}
