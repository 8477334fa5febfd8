using System.Collections.Immutable;
using System.Text.Json;

namespace Strata.Compliance;

/// <summary>What a provenance predicate says, from Strata or from elsewhere.</summary>
/// <param name="Layers">Empty for one that names none.</param>
/// <param name="Sources">How many other dependencies it names.</param>
public sealed record Provenance(string Builder, string BuildType, ImmutableArray<ProvenanceLayer> Layers, int Sources)
{
    /// <summary>It was made of what is in repositories, so that somebody else can make it again.</summary>
    public bool IsClean => Layers.Length > 0 && Layers.All(l => l is { Changed: 0, Commit.Length: > 0 });

    /// <param name="predicate">JSON of type <see cref="ProvenanceWriter.PredicateType"/>.</param>
    /// <exception cref="JsonException">It is no such predicate.</exception>
    public static Provenance Read(byte[] predicate)
    {
        try
        {
            using var document = JsonDocument.Parse(predicate);
            var definition = document.RootElement.GetProperty("buildDefinition");
            var dependencies = definition.Elements("resolvedDependencies").ToLookup(IsLayer);
            return new(
                document.RootElement.GetProperty("runDetails").GetProperty("builder").GetProperty("id").GetString() ?? "", definition.GetProperty("buildType").GetString() ?? "",
                [.. dependencies[true].Select(Layer)], dependencies[false].Count());
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new JsonException($"it is no SLSA provenance: {e.Message}", e);
        }
    }

    private static bool IsLayer(JsonElement dependency) => dependency.Member("annotations")?.Text("kind") == "layer";

    private static ProvenanceLayer Layer(JsonElement dependency) => new(
        dependency.Text("name"), SourceLocation.Split(dependency.Text("uri")).Address, dependency.Member("digest")?.Text("gitCommit") ?? "",
        dependency.Member("annotations")?.Member("changedFiles")?.GetInt32() ?? 0);
}
