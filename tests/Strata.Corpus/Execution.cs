namespace Strata.Corpus;

/// <param name="Attempted">Tasks that ran, failed or were up to date.</param>
/// <param name="Skipped">Those among them that were up to date.</param>
internal sealed record Execution(int Attempted, int Skipped, int Failed);
