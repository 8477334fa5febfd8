namespace Strata.Compliance;

/// <summary>One entry of a policy.</summary>
/// <param name="Source">Variable and entry, for messages.</param>
/// <param name="Package">The packages it is about; <c>*</c> for all.</param>
/// <param name="ForLinked">It is about code that is linked into a file of a package, and about nothing else.</param>
internal sealed record LicenseRule(PolicyDecision Decision, string Source, string Package, LicensePattern Pattern, bool ForLinked = false)
{
    /// <summary>Naming a package is more precise than any licence; naming the linkage decides between equals.</summary>
    public int Precision => 2 * (Pattern.Precision + (Package == "*" ? 0 : 16)) + (ForLinked ? 1 : 0);

    public bool IsAbout(string package, bool isLinked) => (isLinked || !ForLinked) && LicensePattern.IsMatch(Package, package);
}
