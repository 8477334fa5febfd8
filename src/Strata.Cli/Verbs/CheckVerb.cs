using System.Text;
using System.Text.Json;
using CommandLine;
using Strata.Cli.Usage;
using Strata.Core;

namespace Strata.Cli.Verbs;

[Verb("check", HelpText = "Read all metadata and report everything that is wrong with it.")]
[Examples("strata check", "strata check --json")]
public sealed record CheckVerb : WorkspaceVerb
{
    [Option("json", HelpText = "One JSON object a line: code, severity, file, line, column, message, hint.")]
    public bool Json { get; init; }

    protected override Task<ExitCode> RunAsync(Workspace workspace, CommandContext context, CancellationToken cancel)
    {
        var events = new EventStream();
        using var console = Json ? null : Console(context, events, printsData: false);
        if (Json) events.Subscribe(e => { if (e is DiagnosticReported reported) context.Output.WriteLine(ToJson(reported.Diagnostic)); });
        var metadata = new Session(workspace, context.Environment, events).Load(cancel);
        if (metadata is not null && !Json)
        {
            context.Output.WriteLine($"{metadata.Recipes.Length} recipes of {metadata.Layers.Length} layers are fine.");
            var withPython = metadata.Recipes.AsParallel().WithCancellation(cancel).Count(r => !r.SkippedPython.IsEmpty);
            if (withPython > 0) context.Output.WriteLine($"{withPython} of them have Python that Strata does not run; strata recipe show NAME says where.");
        }
        return Task.FromResult(metadata is null ? ExitCode.BadMetadata : ExitCode.Success);
    }

    private static string ToJson(Diagnostic diagnostic)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("code", diagnostic.Rule.Code);
            json.WriteString("severity", diagnostic.Severity.ToString().ToLowerInvariant());
            WritePlace(json, diagnostic.Place);
            json.WriteString("message", diagnostic.Message);
            if (diagnostic.Hint is not null) json.WriteString("hint", diagnostic.Hint);
            json.WriteStartArray("related");
            foreach (var related in diagnostic.Related)
            {
                json.WriteStartObject();
                WritePlace(json, related);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Absent: nowhere. Line or column 0: the whole file, the whole line.</summary>
    private static void WritePlace(Utf8JsonWriter json, SourceSpan place)
    {
        if (place.IsNowhere) return;
        json.WriteString("file", place.File);
        json.WriteNumber("line", place.Line);
        json.WriteNumber("column", place.Column);
    }
}
