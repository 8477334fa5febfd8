namespace Strata.Graph;

/// <summary>What running a task means.</summary>
public enum TaskKind
{
    /// <summary>It changes the recipe's work directory and nothing else.</summary>
    Work,

    /// <summary>It makes an artifact, which the store keeps and other tasks see.</summary>
    Cached,

    /// <summary>Nothing to run; it only gathers its dependencies.</summary>
    Empty,
}
