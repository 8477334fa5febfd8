using Strata.Graph;

namespace Strata.Execution;

/// <summary>A task that was planned while its work directory is locked.</summary>
internal sealed class Step(TaskId task)
{
    public TaskId Task { get; } = task;

    public StepState State { get; set; } = StepState.Waiting;

    /// <summary>Steps before it that have not finished.</summary>
    public int Remaining { get; set; }

    /// <summary>It starts from its savepoint: an earlier run of it did not end well.</summary>
    public bool Resumes { get; init; }

    public List<Step> Next { get; } = [];

    public bool IsOver => State is StepState.Kept or StepState.Done or StepState.Failed;
}
