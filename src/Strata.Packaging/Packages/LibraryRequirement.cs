using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <param name="Package">The package that was found to provide it; null when that is the package itself, a private library or nothing.</param>
public sealed record LibraryRequirement(
    string Soname,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Package);
