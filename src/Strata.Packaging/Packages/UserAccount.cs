using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>A user that a package or an image needs. Without a number the root file system gives it a free one.</summary>
public sealed record UserAccount
{
    public required string Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Uid { get; init; }

    /// <summary>Primary group by name or number; empty means a group of the user's own name.</summary>
    public string Group { get; init; } = "";

    public string Comment { get; init; } = "";

    public string Home { get; init; } = "/nonexistent";

    public string Shell { get; init; } = "/bin/false";

    /// <summary>Supplementary groups.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>The crypted password for /etc/shadow; <c>!</c> locks the account.</summary>
    public string Password { get; init; } = "!";
}
