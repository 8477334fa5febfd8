namespace Strata.Cli.Layers;

/// <summary>Something that is not the same before and after; null where it does not exist.</summary>
public sealed record ValueChange(string Name, string? Before, string? After)
{
    private const int Longest = 160;

    public override string ToString() => (Before, After) switch
    {
        (null, var after) => $"{Name}: new, {Shown(after)}",
        (var before, null) => $"{Name}: gone, was {Shown(before)}",
        var (before, after) => $"{Name}: {Shown(before)} → {Shown(after)}",
    };

    private static string Shown(string? text)
    {
        var line = (text ?? "").ReplaceLineEndings("⏎");
        return $"\"{(line.Length > Longest ? line[..Longest] + "…" : line)}\"";
    }
}
