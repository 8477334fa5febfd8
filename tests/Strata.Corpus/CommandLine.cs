using System.Collections.Immutable;

namespace Strata.Corpus;

/// <summary>BitBake's arguments, as far as the corpus uses them.</summary>
/// <param name="Task">The task of every target that names none: <c>-c</c>, or with <c>-C</c> the default.</param>
/// <param name="Forced">The task that must run again and counts as changed: <c>-c X -f</c>, <c>-C X</c>.</param>
internal sealed record CommandLine(ImmutableArray<string> Targets, string Task, string? Forced, bool GraphOnly, bool KeepGoing, bool DryRun)
{
    private const string DefaultTask = "do_build";

    /// <exception cref="InvalidDataException">An option that this tool does not know.</exception>
    public static CommandLine Parse(string arguments)
    {
        var (targets, task, forced, force, graph, keepGoing, dry) = (ImmutableArray.CreateBuilder<string>(), DefaultTask, (string?)null, false, false, false, false);
        var words = new Queue<string>(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        while (words.TryDequeue(out var word))
        {
            switch (word)
            {
                case "-g": graph = true; break;
                case "-k": keepGoing = true; break;
                case "-n": dry = true; break;
                case "-f": force = true; break;
                case "-c": task = Full(words.Dequeue()); break;
                case "-C": forced = Full(words.Dequeue()); break;
                case ['-', ..]: throw new InvalidDataException($"unknown option {word}");
                default: targets.Add(word); break;
            }
        }
        return new(targets.ToImmutable(), task, forced ?? (force ? task : null), graph, keepGoing, dry);
    }

    /// <summary>The targets as Strata takes them.</summary>
    public ImmutableArray<string> Wanted => Task == DefaultTask ? Targets : [.. Targets.Select(t => t.Contains(":do_", StringComparison.Ordinal) ? t : $"{t}:{Task}")];

    private static string Full(string task) => task.StartsWith("do_", StringComparison.Ordinal) ? task : $"do_{task}";
}
