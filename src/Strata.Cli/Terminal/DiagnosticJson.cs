using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Strata.Core;

namespace Strata.Cli.Terminal;

/// <summary>A diagnostic for other programs: code, severity, file, line, column, message, hint, related places.</summary>
internal static class DiagnosticJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One object on one line.</summary>
    public static string Line(Diagnostic diagnostic)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_options))
        {
            json.WriteStartObject();
            Write(json, diagnostic);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>As members of the object that was begun.</summary>
    public static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteString("code", diagnostic.Rule.Code);
        json.WriteString("severity", diagnostic.Severity.ToString().ToLowerInvariant());
        Write(json, diagnostic.Place);
        json.WriteString("message", diagnostic.Message);
        if (diagnostic.Hint is not null) json.WriteString("hint", diagnostic.Hint);
        json.WriteStartArray("related");
        foreach (var related in diagnostic.Related)
        {
            json.WriteStartObject();
            Write(json, related);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Absent: nowhere. Line or column 0: the whole file, the whole line.</summary>
    private static void Write(Utf8JsonWriter json, SourceSpan place)
    {
        if (place.IsNowhere) return;
        json.WriteString("file", place.File);
        json.WriteNumber("line", place.Line);
        json.WriteNumber("column", place.Column);
    }
}
