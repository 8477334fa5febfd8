using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Strata.Compliance;

/// <summary>What the SBOM formats share in writing JSON: two spaces, line feeds, members in the order they are written.</summary>
internal static class JsonDocumentWriter
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream stream, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(stream, s_options)) write(json);
        stream.WriteByte((byte)'\n');
    }

    public static string ToText(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        Write(stream, write);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>As SPDX and CycloneDX want it: UTC, whole seconds.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    extension(Utf8JsonWriter json)
    {
        /// <summary>A member that is an object.</summary>
        public void Object(string name, Action members)
        {
            json.WriteStartObject(name);
            members();
            json.WriteEndObject();
        }

        /// <summary>An element that is an object.</summary>
        public void Object(Action members)
        {
            json.WriteStartObject();
            members();
            json.WriteEndObject();
        }

        /// <summary>A member that is an array, one call an element.</summary>
        public void Array<T>(string name, IEnumerable<T> elements, Action<T> write)
        {
            json.WriteStartArray(name);
            foreach (var element in elements) write(element);
            json.WriteEndArray();
        }

        public void Strings(string name, IEnumerable<string> values) => json.Array(name, values, json.WriteStringValue);

        /// <summary>Leaves the member out where there is nothing to say.</summary>
        public void StringIfAny(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) json.WriteString(name, value);
        }
    }
}
