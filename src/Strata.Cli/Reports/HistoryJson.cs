using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Strata.Cache;

namespace Strata.Cli.Reports;

/// <summary>Builds and their tasks for scripts. Times in seconds, sizes in bytes.</summary>
public static class HistoryJson
{
    public static string Of(ImmutableArray<BuildRecord> builds) => Write(json =>
    {
        json.WriteStartArray();
        foreach (var build in builds)
        {
            json.WriteStartObject();
            WriteBuild(json, build);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    public static string Of(BuildRecord build, ImmutableArray<PastRun> runs) => Write(json =>
    {
        json.WriteStartObject();
        WriteBuild(json, build);
        json.WriteStartArray("tasks");
        foreach (var run in runs)
        {
            json.WriteStartObject();
            WriteRun(json, run);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });

    public static string Of(PastRun run, string log) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("build", run.Build);
        WriteRun(json, run);
        json.WriteString("log", log);
        json.WriteEndObject();
    });

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new() { Indented = true })) write(json);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteBuild(Utf8JsonWriter json, BuildRecord build)
    {
        json.WriteNumber("build", build.Id);
        json.WriteString("started", build.Started);
        json.WriteBoolean("ended", build.Ended);
        json.WriteStartArray("targets");
        foreach (var target in build.Targets) json.WriteStringValue(target);
        json.WriteEndArray();
        json.WriteNumber("duration", build.Summary.Duration.TotalSeconds);
        json.WriteNumber("ran", build.Summary.Ran);
        json.WriteNumber("restored", build.Summary.Restored);
        json.WriteNumber("upToDate", build.Summary.UpToDate);
        json.WriteNumber("failed", build.Summary.Failed);
        json.WriteNumber("skipped", build.Summary.Skipped);
    }

    private static void WriteRun(Utf8JsonWriter json, PastRun run)
    {
        json.WriteString("task", run.Task);
        json.WriteString("outcome", run.Outcome.ToString());
        json.WriteNumber("started", run.Started.TotalSeconds);
        json.WriteNumber("duration", run.Duration.TotalSeconds);
        json.WriteNumber("cpu", run.Usage.Cpu.TotalSeconds);
        json.WriteNumber("peakMemory", run.Usage.PeakMemory);
        json.WriteString("key", run.Key.ToString());
        json.WriteString("artifact", run.Artifact?.ToString());
        json.WriteString("source", run.Source);
    }
}
