using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>Permission bits as people write them: <c>"4755"</c>.</summary>
internal sealed class OctalModeConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryParse(reader.GetString(), out var mode) ? mode : throw new JsonException("a mode is written in octal, for instance \"0755\"");

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteStringValue(Text(value));

    public static string Text(int mode) => Convert.ToString(mode, 8).PadLeft(4, '0');

    /// <summary>Accepts one to five octal digits, at most 7777.</summary>
    public static bool TryParse(string? text, out int mode)
    {
        mode = 0;
        if (text is not { Length: > 0 and <= 5 } || text.Any(c => c is < '0' or > '7')) return false;
        foreach (var digit in text) mode = mode * 8 + CharUnicodeInfo.GetDecimalDigitValue(digit);
        return mode <= 0xFFF;
    }
}
