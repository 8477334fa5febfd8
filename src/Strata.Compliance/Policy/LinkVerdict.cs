using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Strata.Compliance;

/// <summary>What a policy says of code that is linked with a file of a package.</summary>
/// <param name="File">The first file of the package that has it; null when that is not known of a single file.</param>
/// <param name="Linked">What is linked: a package, a module, a part of the compiler.</param>
/// <param name="Conflict">Why the two cannot be combined, with the source; null for a licence that must not be linked at all.</param>
/// <param name="Path">From what the image names to the recipe of what is linked.</param>
public sealed record LinkVerdict(
    string Package,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? File,
    string Linked,
    string License,
    bool IsStatic,
    PolicyFinding Finding,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Conflict,
    ImmutableArray<string> Path);
