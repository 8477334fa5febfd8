namespace Strata.Execution;

/// <summary>How far the scheduler is with a task; named after what it waits for.</summary>
internal enum Stage
{
    /// <summary>Nobody needs it so far.</summary>
    Unneeded,

    Needed,

    /// <summary>The look-up of its deep key.</summary>
    DeepKey,

    /// <summary>The outputs of the tasks whose artifacts it sees.</summary>
    Inputs,

    /// <summary>The look-up of its shallow key.</summary>
    ShallowKey,

    /// <summary>Work tasks of other recipes.</summary>
    ForeignWork,

    /// <summary>The lock of its work directory, the work tasks before it, its own run.</summary>
    Work,

    /// <summary>Everything that an empty task gathers.</summary>
    Dependencies,

    Done,

    /// <summary>It or something that it needs failed.</summary>
    Failed,
}
