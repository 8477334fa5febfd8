namespace Strata.Cli.Layers;

/// <param name="Rule">What a layer should be.</param>
/// <param name="Message">What is wrong and how to mend it; empty when it passed.</param>
public sealed record LayerFinding(string Rule, CheckOutcome Outcome, string Message);
