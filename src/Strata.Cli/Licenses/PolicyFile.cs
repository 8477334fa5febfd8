using Strata.Compliance;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Cli.Licenses;

/// <summary>A licence policy in a file of its own.</summary>
internal static class PolicyFile
{
    /// <summary>The day that exceptions are compared with. Reaches no key and no file.</summary>
    public static DateOnly Today => DateOnly.FromDateTime(Clock.Now.UtcDateTime);

    /// <summary>Null after reporting why it cannot be read.</summary>
    public static LicensePolicy? Read(string path, Diagnostics diagnostics)
    {
        if (ConfigurationFile.Read(path, diagnostics) is not { } variables) return null;
        try
        {
            return LicensePolicyReader.Read(variables.Get, name => variables.PlaceOf(name) is { IsNowhere: false } place ? place : new(path), diagnostics);
        }
        catch (ExpansionException e)
        {
            diagnostics.Add(e.Diagnostic);
            return null;
        }
    }
}
