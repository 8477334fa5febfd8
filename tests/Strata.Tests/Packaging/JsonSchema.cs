using System.Text.Json;
using System.Text.RegularExpressions;

namespace Strata.Tests.Packaging;

/// <summary>As much of JSON Schema (draft 4) as the published OCI schemas use.</summary>
internal static class JsonSchema
{
    /// <summary>What is wrong with the document; empty when it is valid.</summary>
    public static List<string> Problems(string document, string schema)
    {
        var problems = new List<string>();
        Check(JsonDocument.Parse(document).RootElement, Load(schema), schema, "$", problems);
        return problems;
    }

    private static JsonElement Load(string file)
    {
        // References name the files as upstream does; the copies here have a prefix.
        var path = RepositoryTree.Path($"tests/schemas/{(file.StartsWith("oci-", StringComparison.Ordinal) ? file : "oci-" + file)}");
        return JsonDocument.Parse(File.ReadAllText(path)).RootElement;
    }

    private static void Check(JsonElement value, JsonElement schema, string file, string at, List<string> problems)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var parts = reference.GetString()!.Split('#');
            var target = parts[0].Length > 0 ? parts[0] : file;
            var found = Load(target);
            if (parts.Length > 1) foreach (var name in parts[1].Split('/', StringSplitOptions.RemoveEmptyEntries)) found = found.GetProperty(name);
            Check(value, found, target, at, problems);
            return;
        }
        if (schema.TryGetProperty("oneOf", out var choices))
        {
            var matching = choices.EnumerateArray().Count(c => IsValid(value, c, file));
            if (matching != 1) problems.Add($"{at}: {matching} of the alternatives match");
        }
        if (schema.TryGetProperty("type", out var type) && !HasType(value, type.GetString()!)) problems.Add($"{at}: is not {type}");
        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(a => a.ToString() == value.ToString())) problems.Add($"{at}: '{value}' is not allowed");
        if (schema.TryGetProperty("minimum", out var minimum) && value.GetDouble() < minimum.GetDouble()) problems.Add($"{at}: is too small");
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value.GetString()!, pattern.GetString()!)) problems.Add($"{at}: '{value}' does not match");
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            foreach (var (i, item) in value.EnumerateArray().Index()) Check(item, items, file, $"{at}[{i}]", problems);
        if (value.ValueKind == JsonValueKind.Object) CheckMembers(value, schema, file, at, problems);
    }

    private static void CheckMembers(JsonElement value, JsonElement schema, string file, string at, List<string> problems)
    {
        if (schema.TryGetProperty("required", out var required))
            problems.AddRange(required.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{at}: lacks {r}"));
        foreach (var member in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var own)) Check(member.Value, own, file, $"{at}.{member.Name}", problems);
            else if (schema.TryGetProperty("patternProperties", out var patterns))
                foreach (var pattern in patterns.EnumerateObject().Where(p => Regex.IsMatch(member.Name, p.Name))) Check(member.Value, pattern.Value, file, $"{at}.{member.Name}", problems);
        }
    }

    private static bool IsValid(JsonElement value, JsonElement schema, string file)
    {
        var problems = new List<string>();
        Check(value, schema, file, "", problems);
        return problems.Count == 0;
    }

    private static bool HasType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException(type),
    };
}
