namespace Strata.Compliance;

/// <summary>One entry of a policy.</summary>
/// <param name="Source">Variable and entry, for messages.</param>
/// <param name="Package">The packages it is about; <c>*</c> for all.</param>
internal sealed record LicenseRule(PolicyDecision Decision, string Source, string Package, LicensePattern Pattern)
{
    /// <summary>Naming a package is more precise than any licence.</summary>
    public int Precision => Pattern.Precision + (Package == "*" ? 0 : 16);

    public bool IsAbout(string package) => LicensePattern.IsMatch(Package, package);
}
