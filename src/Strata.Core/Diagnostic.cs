using System.Collections.Immutable;

namespace Strata.Core;

/// <summary>A rule applied to a place: what is wrong, and what to type to mend it.</summary>
public sealed record Diagnostic(Rule Rule, SourceSpan Place, string Message, string? Hint)
{
    /// <summary>Other places that explain this one, the nearest first.</summary>
    public ImmutableArray<SourceSpan> Related { get; init; } = [];

    public Severity Severity => Rule.Severity;

    /// <summary>Of the text only: it hardly ever is the same for two, and comparing rules and places is compiled anew in each run.</summary>
    public override int GetHashCode() => Message.GetHashCode(StringComparison.Ordinal);

    /// <summary><c>file:line:col: error STR2004: message</c>, then the related places and the hint on lines of their own.</summary>
    public override string ToString() => Print(excerpt: null);

    /// <summary>The same with the line of the file and a caret below the place, if the file can be read.</summary>
    /// <param name="lines">Shared by messages that are printed together, so that each file is read once.</param>
    public string ToStringWithSource(SourceLines? lines = null) => Print(SourceExcerpt.Of(Place, lines ?? new()));

    private string Print(string? excerpt)
    {
        var place = Place.IsNowhere ? "" : $"{Place}: ";
        var text = $"{place}{Severity.ToString().ToLowerInvariant()} {Rule.Code}: {Message}";
        if (excerpt is not null) text += $"\n{excerpt}";
        foreach (var related in Related) text += $"\n  see: {related}";
        return Hint is null ? text : $"{text}\n  hint: {Hint}";
    }
}
