using System.Text.RegularExpressions;
using Strata.Core;
using Strata.Metadata.Layers;
using Strata.Metadata.Names;

namespace Strata.Metadata.Evaluation;

/// <summary>Which recipes the configuration rules out: what openembedded-core's base class decides in Python.</summary>
internal static class Compatibility
{
    /// <summary>Null if the recipe may be built.</summary>
    public static string? SkipReason(Datastore store, Diagnostics diagnostics)
    {
        if (store.GetFlag("SKIP_RECIPE", store.Get("PN") ?? "") is { Length: > 0 } reason) return reason;
        if (store.Get("COMPATIBLE_HOST") is { Length: > 0 } host && store.Get("HOST_SYS") is { } system && !Matches(store, "COMPATIBLE_HOST", host, [system], diagnostics))
            return $"incompatible with host {system} (COMPATIBLE_HOST = \"{host}\")";
        if (store.Get("COMPATIBLE_MACHINE") is { Length: > 0 } machine
            && !Matches(store, "COMPATIBLE_MACHINE", machine, (store.Get("MACHINEOVERRIDES") ?? "").Split(':'), diagnostics))
            return $"incompatible with machine {store.Get("MACHINE")} (COMPATIBLE_MACHINE = \"{machine}\")";
        return null;
    }

    private static bool Matches(Datastore store, string variable, string pattern, string[] words, Diagnostics diagnostics)
    {
        try
        {
            var regex = PythonPattern.AtStart(pattern);
            return words.Any(w => regex.IsMatch(w));
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            diagnostics.Add(MetadataRules.BadPattern(store.Find(Name.Of(variable))?.History?.Statement.Place ?? default, variable, pattern, e.Message));
            return false;
        }
    }
}
