using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>The files that packaging writes for other stages: members in the order of their declaration, two spaces, line feeds.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PackageList))]
[JsonSerializable(typeof(RootfsManifest))]
internal sealed partial class PackagingJson : JsonSerializerContext;
