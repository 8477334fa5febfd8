namespace Strata.Compliance;

/// <param name="Version">A version, or a commit; <c>0</c> is before all others.</param>
public readonly record struct VersionEvent(VersionEventKind Kind, string Version);
