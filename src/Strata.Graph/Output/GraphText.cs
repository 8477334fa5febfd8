using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Strata.Graph.Output;

/// <summary>Graphs for other programs to read. The same graph gives the same bytes.</summary>
public static class GraphText
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Graphviz: an arrow leads from a task to what it depends on.</summary>
    public static string ToDot(TaskGraph graph)
    {
        var text = new StringBuilder("digraph tasks {\n");
        foreach (var task in Sorted(graph)) _ = text.Append("  ").Append(Quoted(task.Name)).Append(Style(task)).Append(";\n");
        foreach (var task in Sorted(graph))
            foreach (var dependency in Names(graph, task.Dependencies)) _ = text.Append("  ").Append(Quoted(task.Name)).Append(" -> ").Append(Quoted(dependency)).Append(";\n");
        return text.Append("}\n").ToString();
    }

    /// <summary>An object with the targets and, sorted by name, the tasks with their kinds, keys, dependencies and inputs.</summary>
    public static string ToJson(TaskGraph graph)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_options))
        {
            json.WriteStartObject();
            WriteNames(json, "targets", graph.Targets.Select(t => graph[t].Name));
            json.WriteStartArray("tasks");
            foreach (var task in Sorted(graph)) Write(json, graph, task);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

    private static void Write(Utf8JsonWriter json, TaskGraph graph, TaskNode task)
    {
        json.WriteStartObject();
        json.WriteString("name", task.Name);
        json.WriteString("kind", task.Kind.ToString().ToLowerInvariant());
        if (task.Builtin is not null) json.WriteString("builtin", task.Builtin);
        json.WriteString("key", task.DeepKey.ToString());
        WriteNames(json, "dependencies", Names(graph, task.Dependencies));
        WriteNames(json, "inputs", task.Inputs.Select(i => graph[i].Name));
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

    private static IOrderedEnumerable<TaskNode> Sorted(TaskGraph graph) => graph.Tasks.OrderBy(t => t.Name, StringComparer.Ordinal);

    private static IEnumerable<string> Names(TaskGraph graph, IEnumerable<TaskId> tasks) => tasks.Select(t => graph[t].Name).Order(StringComparer.Ordinal);
}
