namespace Strata.Packaging;

/// <summary>A shared library inside a package.</summary>
public sealed record SharedLibrary(string Soname, string Path);
