using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>A shared library inside a package.</summary>
/// <param name="Versions">Its version symbols, ordinal; null when it has none.</param>
public sealed record SharedLibrary(
    string Soname,
    string Path,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableSortedSet<string>? Versions = null);
