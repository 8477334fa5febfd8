using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Strata.Graph.Output;

/// <summary>One page without a server: the recipes in layers, each opens to its tasks; choosing one shows its ways up and down.</summary>
public static class GraphHtml
{
    // The default encoder: "</script>" inside a name must not end the script.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Default };

    /// <summary>The same graph gives the same bytes.</summary>
    public static string Of(GraphView view, bool reduce)
    {
        var page = Resource("graph.html");
        return page.Replace("/*STYLE*/", Resource("graph.css"), StringComparison.Ordinal)
            .Replace("/*SCRIPT*/", Resource("graph.js"), StringComparison.Ordinal)
            .Replace("\"DATA\"", Data(new(view, reduce)), StringComparison.Ordinal);
    }

    /// <summary>Recipes with their tasks; layers of slots, which are recipes by number or waypoints behind these; edges: from, to, the slots they pass.</summary>
    private static string Data(RecipeView recipes)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_options))
        {
            json.WriteStartObject();
            json.WriteStartArray("recipes");
            foreach (var recipe in recipes.Recipes) Write(json, recipes.View, recipe);
            json.WriteEndArray();
            json.WriteStartArray("layers");
            foreach (var layer in recipes.Layout.Layers) WriteNumbers(json, layer);
            json.WriteEndArray();
            json.WriteStartArray("routes");
            foreach (var route in recipes.Layout.Routes) WriteNumbers(json, [route.From, route.To, .. route.Slots]);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Write(Utf8JsonWriter json, GraphView view, ShownRecipe recipe)
    {
        json.WriteStartObject();
        json.WriteString("name", recipe.Name);
        json.WriteBoolean("target", recipe.IsTarget);
        json.WriteStartArray("tasks");
        foreach (var task in recipe.Tasks)
        {
            json.WriteStartObject();
            json.WriteString("name", task.TaskName);
            json.WriteString("kind", Words.Of(task.Kind));
            json.WriteString("key", task.DeepKey.Digest.Hex);
            json.WriteStartArray("needs");
            foreach (var dependency in view.DependenciesOf(task)) json.WriteStringValue(dependency);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, IEnumerable<int> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static string Resource(string name)
    {
        using var stream = typeof(GraphHtml).Assembly.GetManifestResourceStream($"Strata.Graph.Output.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
