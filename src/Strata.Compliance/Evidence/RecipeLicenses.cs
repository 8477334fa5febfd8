using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Strata.Core;

namespace Strata.Compliance;

/// <summary><c>licenses.json</c>, the top of a do_populate_lic artifact: where a recipe's code comes from and under which terms. The texts lie beside it.</summary>
public sealed record RecipeLicenses
{
    public const string FileName = "licenses.json";
    public const string TextsDirectory = "texts";

    public required string Recipe { get; init; }

    public required string Version { get; init; }

    public string Summary { get; init; } = "";

    public string Homepage { get; init; } = "";

    /// <summary>Names in vulnerability databases: CPE 2.3 (NIST IR 7695).</summary>
    public ImmutableArray<string> Cpes { get; init; } = [];

    /// <summary>In the order of SRC_URI.</summary>
    public ImmutableArray<RecipeSource> Sources { get; init; } = [];

    /// <summary>As the recipe states it.</summary>
    public required string License { get; init; }

    /// <summary>The same as a canonical SPDX expression; null when it could not be understood.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Expression { get; init; }

    /// <summary>In the order of LIC_FILES_CHKSUM.</summary>
    public ImmutableArray<LicenseText> Texts { get; init; } = [];

    /// <summary>What the sources say themselves.</summary>
    public SourceFindings Detected { get; init; } = SourceFindings.None;

    /// <summary>Modules of Go and crates of Rust among the sources; their texts are with the others.</summary>
    public ImmutableArray<ModuleLicense> Modules { get; init; } = [];

    public void Write(string artifact) =>
        AtomicFile.Write(Path.Combine(artifact, FileName), stream => JsonSerializer.Serialize(stream, this, ComplianceJson.Default.RecipeLicenses));

    /// <exception cref="JsonException">The file is not a licence list.</exception>
    public static RecipeLicenses Read(string artifact)
    {
        using var stream = File.OpenRead(Path.Combine(artifact, FileName));
        return JsonSerializer.Deserialize(stream, ComplianceJson.Default.RecipeLicenses) ?? throw new JsonException($"'{stream.Name}' is empty");
    }
}
