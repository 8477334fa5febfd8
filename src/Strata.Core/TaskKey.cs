using System.Collections.Immutable;

namespace Strata.Core;

/// <summary>Digest of everything a task depends on, with the named fields it was made from.</summary>
public sealed class TaskKey : IEquatable<TaskKey>
{
    private readonly Lazy<ImmutableSortedDictionary<string, string>> _fields;

    public TaskKey(Digest digest, ImmutableSortedDictionary<string, string> fields) => (Digest, _fields) = (digest, new(fields));

    /// <param name="fields">Called when somebody wants to see them: of thousands of keys only those that changed need explaining.</param>
    public TaskKey(Digest digest, Func<ImmutableSortedDictionary<string, string>> fields) => (Digest, _fields) = (digest, new(fields));

    public Digest Digest { get; }

    public ImmutableSortedDictionary<string, string> Fields => _fields.Value;

    public bool Equals(TaskKey? other) => other is not null && Digest == other.Digest;

    public override bool Equals(object? obj) => Equals(obj as TaskKey);

    public override int GetHashCode() => Digest.GetHashCode();

    public override string ToString() => Digest.ToString();
}
