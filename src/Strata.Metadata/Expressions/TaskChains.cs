namespace Strata.Metadata.Expressions;

/// <summary><c>bb.build.tasksbetween</c>. BitBake leaves the order of independent chains to chance; here they are sorted.</summary>
internal static class TaskChains
{
    /// <summary>Every task on a way from <paramref name="start"/> to one that comes after it.</summary>
    public static ListValue Between(string start, string end, IExpressionScope scope)
    {
        var predecessors = scope.Tasks.Order(StringComparer.Ordinal).Select(t => (Task: t, After: scope.GetPredecessors(t) ?? [])).ToList();
        List<object> found = [];
        Follow(start, []);
        return new(found);

        void Follow(string task, List<string> chain)
        {
            if (chain.Contains(task)) throw new ExpressionException("BBHandledException", $"Circular task dependencies as {task} depends on itself via the chain {string.Join(" -> ", chain)}");
            chain.Add(task);
            if (task == end) found.AddRange(chain.Where(t => !found.Contains(t)));
            else
                foreach (var (next, after) in predecessors)
                    if (next != task && after.Contains(task)) Follow(next, chain);
            chain.RemoveAt(chain.Count - 1);
        }
    }
}
