using System.Text.RegularExpressions;
using Strata.Core;

namespace Strata.Metadata.Caching;

/// <summary>Reading that ends early when something is wrong.</summary>
internal static class Problems
{
    public static void Guarded(Diagnostics problems, Action read)
    {
        try
        {
            read();
        }
        catch (MetadataException e)
        {
            problems.Add(e.Diagnostic);
        }
        catch (ExpansionException e)
        {
            problems.Add(e.Diagnostic);
        }
        catch (RegexMatchTimeoutException e)
        {
            problems.Add(MetadataRules.BadPattern(default, "the pattern", e.Pattern, $"matching '{e.Input}' takes too long"));
        }
    }
}
