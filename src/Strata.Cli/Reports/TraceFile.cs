using System.Text.Json;
using Strata.Cache;
using Strata.Core;

namespace Strata.Cli.Reports;

/// <summary>The tasks of a build as complete events of Chrome's trace format: microseconds since the build began, one thread for each lane.</summary>
public static class TraceFile
{
    public static void Write(string file, IEnumerable<PastRun> runs) => AtomicFile.Write(file, stream =>
    {
        using var json = new Utf8JsonWriter(stream, new() { Indented = true });
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartArray("traceEvents");
        foreach (var (run, lane) in Lanes.Of(runs)) WriteEvent(json, run, lane);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteEvent(Utf8JsonWriter json, PastRun run, int lane)
    {
        json.WriteStartObject();
        json.WriteString("name", run.Task);
        json.WriteString("cat", run.Outcome.ToString());
        json.WriteString("ph", "X");
        json.WriteNumber("ts", (long)run.Started.TotalMicroseconds);
        json.WriteNumber("dur", (long)run.Duration.TotalMicroseconds);
        json.WriteNumber("pid", 1);
        json.WriteNumber("tid", lane + 1);
        json.WriteStartObject("args");
        json.WriteNumber("cpu_ms", Math.Round(run.Usage.Cpu.TotalMilliseconds, 1));
        json.WriteNumber("peak_memory_bytes", run.Usage.PeakMemory);
        if (run.Source is { } source) json.WriteString("source", source);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
