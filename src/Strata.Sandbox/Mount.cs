namespace Strata.Sandbox;

/// <summary>A host directory or file, seen under another path.</summary>
public sealed record Mount(string Source, string Target, bool Writable);
