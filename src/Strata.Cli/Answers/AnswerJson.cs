using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Strata.Cli.Layers;
using Strata.Cli.Products;
using Strata.Cli.Recipes;

namespace Strata.Cli.Answers;

/// <summary>Answers for other programs: members in the order of their declaration, two spaces, line feeds, text unescaped.</summary>
[JsonSerializable(typeof(VariableAnswer))]
[JsonSerializable(typeof(EnvironmentAnswer))]
[JsonSerializable(typeof(RecipeAnswer))]
[JsonSerializable(typeof(ImmutableArray<RecipeEntry>))]
[JsonSerializable(typeof(ImmutableArray<LayerEntry>))]
[JsonSerializable(typeof(LayerAnswer))]
[JsonSerializable(typeof(ImmutableArray<AppendedRecipe>))]
[JsonSerializable(typeof(ImmutableArray<OverlaidName>))]
[JsonSerializable(typeof(ImmutableArray<ClassEntry>))]
[JsonSerializable(typeof(ImmutableArray<LayerDependency>))]
[JsonSerializable(typeof(LayerCheckAnswer))]
[JsonSerializable(typeof(LayerDifference))]
[JsonSerializable(typeof(ImmutableArray<HostAnswer>))]
[JsonSerializable(typeof(ProductAnswer))]
[JsonSerializable(typeof(KeyAnswer))]
[JsonSerializable(typeof(KeyDifference))]
[JsonSerializable(typeof(WhyAnswer))]
[JsonSerializable(typeof(ImmutableArray<OutdatedRecipe>))]
internal sealed partial class AnswerJson : JsonSerializerContext
{
    private static readonly Lazy<AnswerJson> s_readable = new(MakeReadable);

    public static AnswerJson Readable => s_readable.Value;

    public static string Text<T>(T answer, JsonTypeInfo<T> type) => JsonSerializer.Serialize(answer, type) + "\n";

    private static AnswerJson MakeReadable() => new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
