namespace Strata.Cli.Usage;

/// <summary>Commands to copy from the help of a verb: <c>strata build hello  # what it is for</c>. A test parses each of them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ExamplesAttribute(params string[] lines) : Attribute
{
    public IReadOnlyList<string> Lines { get; } = lines;
}
