using System.Text.Json;

namespace Strata.Compliance;

/// <summary>Members of JSON from elsewhere. One of another type than was asked for ends the reading with an <see cref="InvalidOperationException"/>.</summary>
internal static class JsonReading
{
    extension(JsonElement element)
    {
        /// <summary>Empty when there is none.</summary>
        public string Text(string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() ?? "" : "";

        /// <summary>Empty when there is none.</summary>
        public IEnumerable<JsonElement> Elements(string name) =>
            element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.EnumerateArray() : [];

        public IEnumerable<string> Texts(string name) => element.Elements(name).Select(e => e.GetString() ?? "");

        public JsonElement? Member(string name) => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}
