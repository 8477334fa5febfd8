namespace Strata.Graph.Why;

/// <summary>One field that differs between two keys of a task; null where the field does not exist.</summary>
public sealed record FieldChange(string Field, string? Old, string? New)
{
    private const int ShortText = 60;

    /// <summary>The task that a "dep:" or "input:" field is about; null for fields of the task itself.</summary>
    public string? Dependency => Field.StartsWith("dep:", StringComparison.Ordinal) ? Field["dep:".Length..]
        : Field.StartsWith("input:", StringComparison.Ordinal) ? Field["input:".Length..]
        : null;

    /// <summary>The field as people know it: <c>CFLAGS</c> of <c>var:CFLAGS</c>.</summary>
    public string Name => Field.StartsWith("var:", StringComparison.Ordinal) || Field.StartsWith("flag:", StringComparison.Ordinal)
        ? Field[(Field.IndexOf(':', StringComparison.Ordinal) + 1)..]
        : Field;

    /// <summary><c>CFLAGS: "-O2" → "-O3"</c>; of long texts the first lines that differ.</summary>
    public override string ToString() => (Old, New) switch
    {
        (null, null) => $"{Name}: unchanged",
        (null, { } added) => $"{Name}: new, {Shown(added)}",
        ({ } removed, null) => $"{Name}: gone, was {Shown(removed)}",
        ({ } before, { } after) when IsShort(before) && IsShort(after) => $"{Name}: {Shown(before)} → {Shown(after)}",
        ({ } before, { } after) => $"{Name}:\n{TextDifference.Between(before, after)}",
    };

    private static bool IsShort(string text) => text.Length <= ShortText && !text.Contains('\n');

    private static string Shown(string text)
    {
        var line = text.ReplaceLineEndings("⏎");
        return line.Length <= ShortText ? $"\"{line}\"" : $"\"{line[..ShortText]}…\"";
    }
}
