using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;
using Strata.Graph;

namespace Strata.Execution;

/// <summary>What a task takes from the others while it runs, beside a job.</summary>
/// <param name="Memory">Bytes; 0 when nothing is known about it.</param>
/// <param name="Locks">No two tasks with the same lock run at once; sorted.</param>
/// <param name="TimeLimit">After this long it is ended; null for never.</param>
internal sealed record TaskNeeds(long Memory, ImmutableArray<string> Locks, TimeSpan? TimeLimit)
{
    /// <summary>Bytes that all processes of the task may have together; beyond that it is ended. Null for no limit.</summary>
    public long? MaxMemory { get; private init; }

    /// <summary>Processes that it may have at once; beyond that it is ended. Null for no limit.</summary>
    public int? MaxProcesses { get; private init; }

    /// <summary>Reads <c>[resources]</c>, words such as <c>memory:2G lock:x time:90m max-memory:4G max-processes:500</c>, and <c>[lockfiles]</c>, each word of which is a lock.</summary>
    /// <param name="usualMemory">Bytes that it took before; counts where nothing is said about memory.</param>
    /// <exception cref="FormatException">A word means nothing; it is the message.</exception>
    public static TaskNeeds Of(TaskCommand command, long usualMemory = 0)
    {
        var memory = usualMemory;
        TimeSpan? limit = null;
        long? maxMemory = null;
        int? maxProcesses = null;
        var locks = new SortedSet<string>(command.LockFiles, StringComparer.Ordinal);
        foreach (var word in command.Resources)
            switch (word.Split(':', 2))
            {
                case ["memory", var size] when Sizes.TryParse(size, out var bytes): memory = bytes; break;
                case ["time", var text] when TryParseTime(text, out var time): limit = time; break;
                case ["max-memory", var size] when Sizes.TryParse(size, out var bytes): maxMemory = bytes; break;
                case ["max-processes", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0: maxProcesses = count; break;
                case ["lock", { Length: > 0 } name]: _ = locks.Add(name); break;
                default: throw new FormatException(word);
            }
        return new(memory, [.. locks], limit) { MaxMemory = maxMemory, MaxProcesses = maxProcesses };
    }

    private static bool TryParseTime(string text, out TimeSpan time)
    {
        time = default;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        var unit = text[^1] switch { 's' => TimeSpan.FromSeconds(1), 'm' => TimeSpan.FromMinutes(1), 'h' => TimeSpan.FromHours(1), _ => default };
        time = unit * number;
        return time > TimeSpan.Zero;
    }
}
