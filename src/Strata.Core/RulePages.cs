using System.Collections.Immutable;
using System.Reflection;

namespace Strata.Core;

/// <summary>The pages about messages that stages carry with them (<c>Rules/STRnnnn.md</c>): what each code means, an example, what to do.</summary>
public sealed class RulePages(params ImmutableArray<Assembly> stages)
{
    private const string Extension = ".md";

    /// <summary>The codes that have a page; sorted.</summary>
    public ImmutableArray<string> Codes { get; } =
        [.. stages.SelectMany(s => s.GetManifestResourceNames()).Where(IsPage).Select(n => n[..^Extension.Length]).Order(StringComparer.Ordinal)];

    /// <summary>Markdown; null if there is no page.</summary>
    public string? Find(string code)
    {
        using var stream = stages.Select(s => s.GetManifestResourceStream(code + Extension)).FirstOrDefault(s => s is not null);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static bool IsPage(string resource) => resource.StartsWith("STR", StringComparison.Ordinal) && resource.EndsWith(Extension, StringComparison.Ordinal);
}
