namespace Strata.Execution;

internal enum StepState
{
    /// <summary>Its result was there already.</summary>
    Kept,

    Waiting,
    Running,
    Done,

    /// <summary>It failed, or something before it did.</summary>
    Failed,
}
