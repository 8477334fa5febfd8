using System.Collections.Immutable;

namespace Strata.Metadata;

/// <summary>The pages about the messages of this stage: what each code means, an example, what to do.</summary>
public static class RulePages
{
    private const string Extension = ".md";

    /// <summary>The codes that have a page; sorted.</summary>
    public static ImmutableArray<string> Codes { get; } =
        [.. typeof(RulePages).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(Extension, StringComparison.Ordinal)).Select(n => n[..^Extension.Length]).Order(StringComparer.Ordinal)];

    /// <summary>Markdown; null if there is no page.</summary>
    public static string? Find(string code)
    {
        using var stream = typeof(RulePages).Assembly.GetManifestResourceStream(code + Extension);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
