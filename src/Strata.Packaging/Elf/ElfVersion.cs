namespace Strata.Packaging;

/// <summary>A version symbol that a library must have, for instance GLIBC_2.34 of libc.so.6.</summary>
public readonly record struct ElfVersion(string Soname, string Name);
