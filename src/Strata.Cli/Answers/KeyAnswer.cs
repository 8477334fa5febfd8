using System.Collections.Immutable;

namespace Strata.Cli.Answers;

/// <summary>What a task's key is made of, for programs.</summary>
internal sealed record KeyAnswer(string Task, string Key, ImmutableSortedDictionary<string, string> Fields);
