using Strata.Graph;

namespace Strata.Execution;

/// <content>
/// What a dependant sees of a cached task, as a task of its own that is done when the cached task is and everything below it at the
/// same mount. So each dependant waits for its direct inputs only: in a deep graph the lists of all inputs would grow with the square of the
/// number of tasks.
/// </content>
internal sealed partial class Scheduler
{
    /// <summary>The task itself if there is nothing below it.</summary>
    private TaskId ViewOf(TaskId input) => _graph.SeenBelow(input).Any() ? new(_graph.Tasks.Length + input.Index) : input;

    private bool IsView(TaskId task) => task.Index >= _graph.Tasks.Length;

    private void AdvanceView(TaskId view)
    {
        TaskId input = new(view.Index - _graph.Tasks.Length);
        var below = _graph.SeenBelow(input).Select(ViewOf);
        if (State(view).Stage is Stage.Needed)
        {
            Await(view, Stage.Dependencies, below.Prepend(input));
            return;
        }
        if (below.All(b => State(b).Output is not null)) State(view).Output = State(input).Output;
        Complete(view);
    }
}
