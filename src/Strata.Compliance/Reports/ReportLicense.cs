using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>A licence and who is under it.</summary>
public sealed record ReportLicense(string License, string Category, ImmutableArray<string> Packages)
{
    public int Count => Packages.Length;
}
