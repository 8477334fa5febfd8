using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Strata.Cli.Images.Treemap;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Cli;

public sealed class TreemapTests
{
    [Theory]
    [InlineData(600, 400)]
    [InlineData(10, 500)]
    public void Parts_have_areas_in_proportion_stay_inside_and_do_not_overlap(double width, double height)
    {
        ImmutableArray<long> sizes = [6_000_000_000, 600, 300, 200, 200, 100, 1];
        foreach (var some in new[] { sizes, sizes[1..] })
        {
            var parts = new TreemapArea(5, 7, width, height).Divide(some);

            Assert.Equal(some.Length, parts.Length);
            foreach (var (part, size) in parts.Zip(some))
            {
                Assert.Equal(width * height * size / some.Sum(), part.Width * part.Height, 1e-3);
                Assert.True(part.X >= 5 - 1e-9 && part.Y >= 7 - 1e-9 && part.X + part.Width <= 5 + width + 1e-6 && part.Y + part.Height <= 7 + height + 1e-6, $"{part}");
            }
            Assert.DoesNotContain(parts.SelectMany((a, i) => parts.Skip(i + 1).Select(b => (a, b))), p => Overlap(p.a, p.b));
        }
    }

    [Fact]
    public void The_example_of_the_paper_has_its_first_row()
    {
        var parts = new TreemapArea(0, 0, 6, 4).Divide([6, 6, 4, 3, 2, 2, 1]);

        Assert.Equal([new(0, 0, 3, 2), new(0, 2, 3, 2)], parts[..2]);
    }

    [Fact]
    public void Directories_with_one_entry_are_one_box_and_layers_come_first()
    {
        var tree = TreemapTree.Of(Contents(["redis", ""], ("/usr/bin/a", 5, 0), ("/usr/bin/b", 7, 0), ("/etc/empty", 0, 0), ("/etc/x", 1, 1)))!;

        Assert.Equal(13, tree.Size);
        Assert.Equal(["redis", "layer 2"], tree.Children.Select(c => c.Label));
        var directory = Assert.Single(tree.Children[0].Children);
        Assert.Equal(("usr/bin", "/usr/bin"), (directory.Label, directory.Path));
        Assert.Equal(["b", "a"], directory.Children.Select(c => c.Label));
        Assert.Equal(("etc/x", "/etc/x"), (tree.Children[1].Children[0].Label, tree.Children[1].Children[0].Path));
    }

    [Fact]
    public void The_page_is_well_formed_escapes_names_and_loads_nothing()
    {
        var page = TreemapPage.Of("app<1>", TreemapTree.Of(Contents([""], ("/usr/<b>&", 750, 0), ("/etc/x", 250, 0))));
        var svg = XElement.Parse(page[page.IndexOf("<svg", StringComparison.Ordinal)..(page.IndexOf("</svg>", StringComparison.Ordinal) + "</svg>".Length)]);

        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("app&lt;1&gt;", page, StringComparison.Ordinal);
        Assert.Equal(["/: 1.0 kB, 100.0 %", "/usr/<b>&: 750 bytes, 75.0 %", "/etc/x: 250 bytes, 25.0 %"], svg.Elements("g").Select(g => g.Element("title")!.Value));
        var areas = svg.Elements("g").Skip(1).Select(g => Number(g, "width") * Number(g, "height")).ToArray();
        Assert.Equal(3, areas[0] / areas[1], 0.01);
    }

    [Fact]
    public void An_image_without_content_has_a_page_too() => Assert.Contains("0 bytes of files", TreemapPage.Of("empty", TreemapTree.Of(Contents([""]))), StringComparison.Ordinal);

    private static double Number(XElement box, string name) => double.Parse(box.Element("rect")!.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static bool Overlap(TreemapArea a, TreemapArea b) =>
        Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X) > 1e-6 && Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y) > 1e-6;

    private static ImageContents Contents(ImmutableArray<string> layers, params (string Path, long Size, int Layer)[] files) =>
        new(files.ToImmutableSortedDictionary(f => f.Path, f => new ImageFile(f.Path, f.Size, f.Layer, Digest.Of("")), StringComparer.Ordinal), layers, [.. layers.Select(_ => 0L)], 0);
}
