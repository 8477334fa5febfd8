using System.Collections.Immutable;
using System.Text;

namespace Strata.Cli.Layers;

/// <summary>How a layer does against the rules of compatibility.</summary>
public sealed record LayerCheckAnswer(string Layer, bool Passed, ImmutableArray<LayerFinding> Findings)
{
    public string Text()
    {
        var text = new StringBuilder();
        foreach (var finding in Findings)
        {
            _ = text.Append(finding.Outcome switch { CheckOutcome.Passed => "  ok      ", CheckOutcome.Failed => "  FAILED  ", CheckOutcome.Unknown or _ => "  unknown " }).Append(finding.Rule).Append('\n');
            foreach (var line in finding.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries)) _ = text.Append("          ").Append(line).Append('\n');
        }
        return text.Append($"{Layer}: {Findings.Count(f => f.Outcome == CheckOutcome.Passed)} of {Findings.Length} rules hold\n").ToString();
    }
}
