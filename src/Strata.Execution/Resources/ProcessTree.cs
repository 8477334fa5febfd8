using System.Globalization;

namespace Strata.Execution;

/// <summary>What the descendants of processes take at this moment.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Memory">Bytes that they have to themselves: what they share with files of the disk does not count.</param>
internal readonly record struct ProcessTree(int Count, long Memory)
{
    /// <param name="roots">Not counted themselves.</param>
    public static ProcessTree Below(IEnumerable<int> roots)
    {
        var (count, memory) = (0, 0L);
        var open = new Stack<int>(roots.SelectMany(Children));
        while (open.TryPop(out var process))
        {
            count++;
            memory += MemoryOf(process);
            foreach (var child in Children(process)) open.Push(child);
        }
        return new(count, memory);
    }

    private static IEnumerable<int> Children(int process)
    {
        try
        {
            return Directory.EnumerateDirectories($"/proc/{process}/task").SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended, or the kernel was built without such lists.
            return [];
        }
    }

    private static long MemoryOf(int process)
    {
        try
        {
            return File.ReadLines($"/proc/{process}/status").Sum(line => line.Split([':', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries) switch
            {
                ["RssAnon" or "RssShmem", var number, "kB"] => long.Parse(number, CultureInfo.InvariantCulture) * 1024,
                _ => 0,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
