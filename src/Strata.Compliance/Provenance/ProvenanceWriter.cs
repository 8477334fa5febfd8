using System.Globalization;
using System.Text;
using System.Text.Json;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>
/// Writes an in-toto statement with SLSA provenance (https://slsa.dev/spec/v1.0/provenance). The same build writes the same bytes wherever it ran, so
/// there is neither clock nor host in it.
/// </summary>
public static class ProvenanceWriter
{
    public const string StatementType = "https://in-toto.io/Statement/v1";
    public const string PredicateType = "https://slsa.dev/provenance/v1";
    public const string BuildType = "urn:strata:image:v1";

    public static void Write(ProvenanceRequest request, Stream stream) => JsonDocumentWriter.Write(stream, json => json.Object(() =>
    {
        json.WriteString("_type", StatementType);
        json.Array("subject", request.Subjects, subject => json.Object(() =>
        {
            json.WriteString("name", subject.Name);
            Digests(json, ("sha256", subject.Digest.Hex));
        }));
        json.WriteString("predicateType", PredicateType);
        json.Object("predicate", () =>
        {
            json.Object("buildDefinition", () => Definition(json, request));
            json.Object("runDetails", () => Details(json, request));
        });
    }));

    private static void Definition(Utf8JsonWriter json, ProvenanceRequest request)
    {
        json.WriteString("buildType", BuildType);
        json.Object("externalParameters", () =>
        {
            foreach (var (name, value) in request.Parameters) json.WriteString(name, value);
        });
        json.WriteStartArray("resolvedDependencies");
        foreach (var layer in request.Layers) Layer(json, layer);
        foreach (var artifact in RecipeArtifact.ReadAll(request.LicenseArtifacts).Values)
            foreach (var source in artifact.Licenses.Sources) Source(json, artifact.Licenses.Recipe, source);
        json.WriteEndArray();
    }

    private static void Layer(Utf8JsonWriter json, ProvenanceLayer layer) => json.Object(() =>
    {
        json.WriteString("name", layer.Name);
        if (layer.Address.Length > 0) json.WriteString("uri", layer.Commit.Length > 0 ? $"git+{layer.Address}@{layer.Commit}" : $"git+{layer.Address}");
        if (layer.Commit.Length > 0) Digests(json, ("gitCommit", layer.Commit));
        json.Object("annotations", () =>
        {
            json.WriteString("kind", "layer");
            json.WriteBoolean("dirty", layer.Changed > 0 || layer.Commit.Length == 0);
            json.WriteNumber("changedFiles", layer.Changed);
        });
    });

    private static void Source(Utf8JsonWriter json, string recipe, RecipeSource source) => json.Object(() =>
    {
        json.WriteString("name", $"{recipe}/{source.Address[(source.Address.LastIndexOf('/') + 1)..]}");
        if (!source.IsLocal) json.WriteString("uri", source.Revision is { } commit ? $"git+{source.Address}@{commit}" : source.Address);
        if (source.Revision is { } revision) Digests(json, ("gitCommit", revision));
        else if (source.Sha256 is { } digest) Digests(json, ("sha256", digest));
        json.Object("annotations", () => json.WriteString("kind", source.IsPatch ? "patch" : source.IsLocal ? "file of a layer" : "source"));
    });

    private static void Details(Utf8JsonWriter json, ProvenanceRequest request)
    {
        json.Object("builder", () =>
        {
            json.WriteString("id", request.Builder);
            json.Object("version", () => json.WriteString("strata", request.ToolVersion));
        });
        // The same inputs are the same invocation: a number of its own would make two equal builds differ.
        json.Object("metadata", () => json.WriteString("invocationId", Invocation(request)));
    }

    private static string Invocation(ProvenanceRequest request)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in request.Parameters) text.Append(name).Append('\0').Append(value).Append('\0');
        foreach (var layer in request.Layers) text.Append(CultureInfo.InvariantCulture, $"{layer.Name}\0{layer.Commit}\0{layer.Changed}\0");
        foreach (var (name, digest) in request.Subjects) text.Append(CultureInfo.InvariantCulture, $"{name}\0{digest}\0");
        return Digest.Of(text.ToString()).ToString();
    }

    private static void Digests(Utf8JsonWriter json, (string Algorithm, string Value) digest) => json.Object("digest", () => json.WriteString(digest.Algorithm, digest.Value));
}
