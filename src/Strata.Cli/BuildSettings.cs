namespace Strata.Cli;

/// <summary>What a user can choose for one build; nothing of it changes what is built.</summary>
public sealed record BuildSettings(int Jobs, bool KeepGoing, bool DryRun);
