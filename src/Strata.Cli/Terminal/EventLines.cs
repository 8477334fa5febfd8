using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Strata.Core;

namespace Strata.Cli.Terminal;

/// <summary>
/// Events for other programs: one JSON object a line, each with <c>event</c> and <c>time</c> (seconds since the command began). Members may be added,
/// none changes its meaning.
/// </summary>
public sealed class EventLines(TextWriter output) : IEventReader
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly long _begun = Clock.Ticks;

    public void Show(BuildEvent happened)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_options))
        {
            json.WriteStartObject();
            json.WriteString("event", JsonNamingPolicy.KebabCaseLower.ConvertName(happened.GetType().Name));
            json.WriteNumber("time", Rounded(Clock.Since(_begun)));
            WriteMembers(json, happened);
            json.WriteEndObject();
        }
        output.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n");
        output.Flush();
    }

    public void Dispose()
    {
    }

    private static void WriteMembers(Utf8JsonWriter json, BuildEvent happened)
    {
        switch (happened)
        {
            case Announced announced: json.WriteString("text", announced.Text); break;
            case DiagnosticReported reported: DiagnosticJson.Write(json, reported.Diagnostic); break;
            case InternalError bug: json.WriteString("details", bug.Details); break;
            case BuildPlanned planned: json.WriteNumber("tasks", planned.Tasks.Length); json.WriteNumber("jobs", planned.Jobs); break;
            case BuildStarted started: json.WriteNumber("total", started.Total); break;
            case TaskStarted started: json.WriteString("task", started.Task); break;
            case TaskProgressed progress:
                json.WriteString("task", progress.Task);
                json.WriteString("what", progress.What);
                json.WriteNumber("done", progress.Done);
                json.WriteNumber("total", progress.Total);
                break;
            case TaskFinished finished: Write(json, finished); break;
            case BuildFinished finished: Write(json, finished.Summary); break;
        }
    }

    private static void Write(Utf8JsonWriter json, TaskFinished task)
    {
        json.WriteString("task", task.Task);
        json.WriteString("outcome", JsonNamingPolicy.KebabCaseLower.ConvertName(task.Outcome.ToString()));
        json.WriteNumber("seconds", Rounded(task.Duration));
        if (task.LogFile is not null) json.WriteString("log", task.LogFile);
        if (task.LastLines.Length > 0) json.WriteString("lastLines", task.LastLines);
    }

    private static void Write(Utf8JsonWriter json, BuildSummary summary)
    {
        json.WriteNumber("ran", summary.Ran);
        json.WriteNumber("restored", summary.Restored);
        json.WriteNumber("upToDate", summary.UpToDate);
        json.WriteNumber("failed", summary.Failed);
        json.WriteNumber("skipped", summary.Skipped);
        json.WriteNumber("seconds", Rounded(summary.Duration));
    }

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
