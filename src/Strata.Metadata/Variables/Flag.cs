namespace Strata.Metadata;

/// <summary>A flag's value and its weak default.</summary>
public readonly record struct Flag(string Name, string? Value, string? Default);
