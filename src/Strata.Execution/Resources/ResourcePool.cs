namespace Strata.Execution;

/// <summary>What running tasks have taken. Owned by the scheduler's loop.</summary>
/// <param name="maxMemory">Bytes for all of them together.</param>
internal sealed class ResourcePool(long maxMemory, MachineMemory machine)
{
    private readonly HashSet<string> _locks = new(StringComparer.Ordinal);
    private long _memory;
    private int _tasks;

    /// <summary>Nothing more may start before something ends or time passes: the machine is short of memory. Never while nothing runs.</summary>
    public bool IsFull => _tasks > 0 && machine.IsShort;

    /// <summary>A task that wants more than there is runs alone.</summary>
    public bool TryTake(TaskNeeds needs)
    {
        if (needs.Locks.Any(_locks.Contains)) return false;
        if (_tasks > 0 && needs.Memory > maxMemory - _memory) return false;
        _locks.UnionWith(needs.Locks);
        _memory += needs.Memory;
        _tasks++;
        return true;
    }

    public void GiveBack(TaskNeeds needs)
    {
        _locks.ExceptWith(needs.Locks);
        _memory -= needs.Memory;
        _tasks--;
    }
}
