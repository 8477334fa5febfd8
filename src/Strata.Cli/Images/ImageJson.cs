using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Cli.Images;

[JsonSerializable(typeof(ImageAnswer))]
internal sealed partial class ImageJson : JsonSerializerContext
{
    /// <summary>A terminal is no web page: the <c>+</c> of media types stays one.</summary>
    public static ImageJson Readable { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
