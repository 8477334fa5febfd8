using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Strata.Metadata.Layers;

/// <summary>Which layer a file belongs to, by BBFILE_PATTERN.</summary>
internal sealed class LayerPatterns
{
    /// <summary>In the order they are tried: by reverse order of the patterns' texts.</summary>
    private readonly ImmutableArray<(Layer Layer, Regex Pattern)> _patterns;

    public LayerPatterns(IEnumerable<Layer> layers) =>
        _patterns = [.. layers.OrderByDescending(l => l.Pattern, StringComparer.Ordinal).Select(l => (l, Compile(l.Pattern)))];

    /// <summary>The first match; null if the file belongs to no layer.</summary>
    public Layer? LayerOf(string path)
    {
        foreach (var (layer, pattern) in _patterns)
            if (pattern.IsMatch(path)) return layer;
        return null;
    }

    /// <summary>The layers known so far, priorities not worked out: enough to say whose file it is.</summary>
    public static LayerPatterns Read(Datastore store) =>
        new(Words.Of(store.Get("BBFILE_COLLECTIONS")).Select(c => new Layer(c, "", 0, store.Get($"BBFILE_PATTERN_{c}") ?? "", "")));

    /// <summary>An empty pattern matches no file.</summary>
    private static Regex Compile(string pattern)
    {
        try
        {
            return PythonPattern.AtStart(pattern.Length == 0 ? "(?!)" : pattern);
        }
        catch (ArgumentException)
        {
            return PythonPattern.AtStart("(?!)");
        }
    }

    /// <summary>A whole number as Python's <c>int()</c> reads it.</summary>
    public static bool TryReadPriority(string text, out int priority) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out priority);
}
