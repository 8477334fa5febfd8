using System.Collections.Immutable;

namespace Strata.Compliance;

/// <summary>Why each package is in an image: the shortest way from what the image names.</summary>
public static class DependencyPaths
{
    /// <param name="roots">What the image names.</param>
    /// <param name="dependsOf">What a package needs; may name what does not exist.</param>
    /// <returns>For each package that is reached the way to it, itself included.</returns>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> Find(IEnumerable<string> roots, Func<string, IEnumerable<string>> dependsOf)
    {
        var parents = new Dictionary<string, string?>(StringComparer.Ordinal);
        var queue = new Queue<string>();
        foreach (var root in roots)
            if (parents.TryAdd(root, null)) queue.Enqueue(root);
        while (queue.TryDequeue(out var package))
            foreach (var needed in dependsOf(package))
                if (parents.TryAdd(needed, package)) queue.Enqueue(needed);
        return parents.Keys.ToImmutableSortedDictionary(name => name, name => PathTo(name, parents), StringComparer.Ordinal);
    }

    private static ImmutableArray<string> PathTo(string name, Dictionary<string, string?> parents)
    {
        var path = new Stack<string>();
        for (var at = name; at is not null; at = parents[at]) path.Push(at);
        return [.. path];
    }
}
