using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>Code of somebody else inside of files of a package, as the link was seen.</summary>
public sealed record LinkedCode
{
    public required LinkKind Kind { get; init; }

    /// <summary>A package, a module, a crate, or a part of the compiler.</summary>
    public required string Name { get; init; }

    /// <summary>Empty when nothing says it.</summary>
    public string Version { get; init; } = "";

    /// <summary>Empty when nobody has said it yet; <see cref="Origin"/> is where to look.</summary>
    public string License { get; init; } = "";

    /// <summary>The recipe of this build that the code comes from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Recipe { get; init; }

    /// <summary>The archive, object file or header that it came from; several are one entry each.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Origin { get; init; }

    /// <summary>What a lock file or the program says that the code's digest is: <c>h1:…</c> of Go, SHA-256 of Rust.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sum { get; init; }

    /// <summary>The files of the package that have it, ordinal.</summary>
    public ImmutableArray<string> Files { get; init; } = [];
}
