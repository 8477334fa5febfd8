using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Cli.Serving;

[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(TagsAnswer))]
internal sealed partial class RegistryJson : JsonSerializerContext
{
    /// <summary>Answers are data, never part of a web page: quotation marks in messages stay readable.</summary>
    public static RegistryJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
