using System.Globalization;
using System.Net;
using System.Text;

namespace Strata.Cli.Images.Treemap;

/// <summary>Sizes as areas: one HTML page that loads nothing and runs nothing.</summary>
internal static class TreemapPage
{
    private const double Width = 1200;
    private const double Height = 800;
    private const double TitleHeight = 14;
    private const double Margin = 2;

    /// <summary>What is smaller is not opened: nobody could see the parts.</summary>
    private const double SmallestOpened = 12;

    /// <summary>Room that a letter of a title takes.</summary>
    private const double LetterWidth = 6.5;

    /// <param name="tree">Null for an image without content.</param>
    public static string Of(string image, TreemapNode? tree)
    {
        var svg = new StringBuilder();
        if (tree is not null) Append(svg, tree, new(0, 0, Width, Height), tree.Size, depth: 0);
        return ProgramText.Read("image-treemap.html")
            .Replace("{{title}}", Text(image), StringComparison.Ordinal)
            .Replace("{{size}}", Text(Bytes(tree?.Size ?? 0)), StringComparison.Ordinal)
            .Replace("{{view}}", Invariant($"0 0 {Width} {Height}"), StringComparison.Ordinal)
            .Replace("{{boxes}}", svg.ToString(), StringComparison.Ordinal);
    }

    private static void Append(StringBuilder svg, TreemapNode node, TreemapArea area, long all, int depth)
    {
        var isOpened = !node.Children.IsEmpty && area is { Width: > SmallestOpened, Height: > SmallestOpened + TitleHeight };
        _ = svg.Append(Invariant($"<g class=\"d{depth % 6}\"><title>{Text(node.Path)}: {Bytes(node.Size)}, {100.0 * node.Size / all:0.0} %</title>"))
            .Append(Invariant($"<rect x=\"{area.X:0.##}\" y=\"{area.Y:0.##}\" width=\"{area.Width:0.##}\" height=\"{area.Height:0.##}\"/>"));
        var letters = (int)((area.Width - (2 * Margin)) / LetterWidth);
        if (letters > 2 && area.Height >= TitleHeight)
            _ = svg.Append(Invariant($"<text x=\"{area.X + Margin:0.##}\" y=\"{area.Y + TitleHeight - 3:0.##}\">{Text(Shortened(node.Label, letters))}</text>"));
        _ = svg.Append("</g>\n");
        if (!isOpened) return;

        var parts = area.Inside(Margin, TitleHeight).Divide([.. node.Children.Select(c => c.Size)]);
        foreach (var (child, part) in node.Children.Zip(parts)) Append(svg, child, part, all, depth + 1);
    }

    private static string Shortened(string name, int letters) => name.Length <= letters ? name : name[..(letters - 1)] + "…";

    private static string Bytes(long size) => size < 1000 ? Invariant($"{size} bytes") : size < 1_000_000 ? Invariant($"{size / 1e3:0.0} kB") : Invariant($"{size / 1e6:0.00} MB");

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
