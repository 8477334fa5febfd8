namespace Strata.Graph.Building;

/// <summary>One word of [mcdepends], <c>mc:FROM:TO:NAME:TASK</c>: holds for tasks of one configuration, the task is in another one.</summary>
internal readonly record struct OtherConfiguration(string From, string To, string Name, string Task)
{
    /// <summary>Null unless there are exactly four colons.</summary>
    public static OtherConfiguration? Parse(string word) =>
        word.Split(':') is [_, var from, var to, { Length: > 0 } name, { Length: > 0 } task] ? new(from, to, name, task) : null;
}
