using Strata.Core;

namespace Strata.Cli.Terminal;

/// <summary>Only the diagnostics, one JSON object a line.</summary>
internal sealed class DiagnosticLines(TextWriter output) : IEventReader
{
    public void Show(BuildEvent happened)
    {
        if (happened is DiagnosticReported reported) output.WriteLine(DiagnosticJson.Line(reported.Diagnostic));
    }

    public void Dispose() => output.Flush();
}
