namespace Strata.Cli.Usage;

/// <summary>An option of a verb, or one of its values when it has no name.</summary>
/// <param name="Short">One letter, or empty.</param>
/// <param name="Long">Without dashes; empty for a value.</param>
/// <param name="Meta">What stands for the argument in the help; empty for a switch.</param>
public sealed record OptionDefinition(string Short, string Long, string Meta, string Help, bool IsRequired, bool IsMany)
{
    /// <summary>As it is typed: <c>-j, --jobs N</c>, <c>TARGET…</c>.</summary>
    public override string ToString() => Long.Length == 0
        ? Meta + (IsMany ? "…" : "")
        : $"{(Short.Length > 0 ? $"-{Short}, " : "    ")}--{Long}{(Meta.Length > 0 ? " " + Meta : "")}";

    /// <summary>The spellings that a command line can have.</summary>
    public IEnumerable<string> Words => Long.Length == 0 ? [] : Short.Length == 0 ? [$"--{Long}"] : [$"-{Short}", $"--{Long}"];
}
