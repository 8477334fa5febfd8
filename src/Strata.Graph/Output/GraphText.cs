using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Strata.Graph.Output;

/// <summary>Graphs for other programs to read. The same graph gives the same bytes.</summary>
public static class GraphText
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Graphviz: an arrow leads from a task to what it depends on.</summary>
    public static string ToDot(GraphView view)
    {
        var text = new StringBuilder("digraph tasks {\n");
        foreach (var task in view.TasksByName) _ = text.Append("  ").Append(Quoted(task.Name)).Append(Style(task)).Append(";\n");
        foreach (var task in view.TasksByName)
            foreach (var dependency in view.DependenciesOf(task)) _ = text.Append("  ").Append(Quoted(task.Name)).Append(" -> ").Append(Quoted(dependency)).Append(";\n");
        return text.Append("}\n").ToString();
    }

    /// <summary>An object with the targets and, sorted by name, the tasks with their kinds, keys, dependencies and inputs.</summary>
    public static string ToJson(GraphView view)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_options))
        {
            json.WriteStartObject();
            WriteNames(json, "targets", view.Graph.Targets.Select(t => view.Graph[t].Name));
            json.WriteStartArray("tasks");
            foreach (var task in view.TasksByName) Write(json, view, task);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

    private static void Write(Utf8JsonWriter json, GraphView view, TaskNode task)
    {
        json.WriteStartObject();
        json.WriteString("name", task.Name);
        json.WriteString("kind", Words.Of(task.Kind));
        if (task.Builtin is not null) json.WriteString("builtin", task.Builtin);
        json.WriteString("key", task.DeepKey.ToString());
        WriteNames(json, "dependencies", view.DependenciesOf(task));
        WriteNames(json, "inputs", task.Inputs.Select(i => view.Graph[i].Name));
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string property, IEnumerable<string> names)
    {
        json.WriteStartArray(property);
        foreach (var name in names) json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static string Style(TaskNode task) => task.Kind switch
    {
        TaskKind.Cached => " [shape=box]",
        TaskKind.Empty => " [style=dashed]",
        TaskKind.Work or _ => "",
    };

    private static string Quoted(string name) => $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
