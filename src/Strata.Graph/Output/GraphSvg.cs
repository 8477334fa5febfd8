using System.Globalization;
using System.Net;
using System.Text;

namespace Strata.Graph.Output;

/// <summary>A picture that needs nothing else: a box for each recipe with its tasks, the targets at the left.</summary>
public static class GraphSvg
{
    private const int RowHeight = 14;
    private const int TitleHeight = 20;
    private const int WaypointHeight = 8;
    private const int Gap = 14;
    private const int ColumnGap = 70;
    private const int Margin = 20;
    private const double CharacterWidth = 7;

    /// <summary>The same graph gives the same bytes.</summary>
    public static string Of(GraphView view, bool reduce)
    {
        var recipes = new RecipeView(view, reduce);
        var boxes = Place(recipes);
        var (width, height) = (boxes.Values.Max(b => b.Right) + Margin, boxes.Values.Max(b => b.Y + b.Height) + Margin);
        var text = new StringBuilder();
        _ = text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"11\">\n");
        _ = text.Append("<style>rect{fill:#fff;stroke:#567;rx:4}.target rect{fill:#eef6ff;stroke:#06c;stroke-width:2}.title{font-weight:bold}.cached{fill:#063}.empty{fill:#999}path{fill:none;stroke:#89a;stroke-opacity:.55}</style>\n");
        _ = text.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{height}\" style=\"stroke:none\"/>\n");
        foreach (var route in recipes.Layout.Routes) AppendRoute(text, recipes, boxes, route);
        for (var i = 0; i < recipes.Recipes.Length; i++) AppendBox(text, recipes.Recipes[i], boxes[i]);
        return text.Append("</svg>\n").ToString();
    }

    /// <summary>Columns side by side; in each the slots below each other, as near to their neighbours at the left as there is room.</summary>
    private static Dictionary<int, Box> Place(RecipeView recipes)
    {
        var boxes = new Dictionary<int, Box>();
        var feeding = recipes.Layout.Routes.SelectMany(r => r.Slots.Zip(r.Slots.Skip(1))).ToLookup(p => p.Second, p => p.First);
        var x = Margin;
        foreach (var layer in recipes.Layout.Layers)
        {
            var width = layer.Max(slot => Size(recipes, slot).Width);
            var y = Margin;
            foreach (var slot in layer)
            {
                var height = Size(recipes, slot).Height;
                var neighbours = feeding[slot].Select(n => boxes[n].Y + (boxes[n].Height / 2)).ToList();
                if (neighbours.Count > 0) y = Math.Max(y, (int)neighbours.Average() - (height / 2));
                boxes[slot] = new(x, y, width, height);
                y += height + Gap;
            }
            x += width + ColumnGap;
        }
        return boxes;
    }

    private static (int Width, int Height) Size(RecipeView recipes, int slot)
    {
        if (!recipes.Layout.IsNode(slot)) return (0, WaypointHeight);
        var recipe = recipes.Recipes[slot];
        var longest = recipe.Tasks.Select(t => t.TaskName.Length).Append(recipe.Name.Length + 1).Max();
        return ((int)(longest * CharacterWidth) + 16, TitleHeight + (recipe.Tasks.Length * RowHeight) + 6);
    }

    private static void AppendRoute(StringBuilder text, RecipeView recipes, Dictionary<int, Box> boxes, LayeredLayout.Route route)
    {
        var first = boxes[route.Slots[0]];
        _ = text.Append(CultureInfo.InvariantCulture, $"<path d=\"M{first.Right} {first.Middle}");
        var (x, y) = (first.Right, first.Middle);
        foreach (var slot in route.Slots.Skip(1))
        {
            var box = boxes[slot];
            var half = (x + box.X) / 2;
            _ = text.Append(CultureInfo.InvariantCulture, $" C{half} {y} {half} {box.Middle} {box.X} {box.Middle}");
            (x, y) = (box.X, box.Middle);
            if (recipes.Layout.IsNode(slot)) continue;
            _ = text.Append(CultureInfo.InvariantCulture, $" H{box.Right}");
            x = box.Right;
        }
        _ = text.Append(CultureInfo.InvariantCulture, $"\"><title>{Escaped(recipes.Recipes[route.From].Name)} → {Escaped(recipes.Recipes[route.To].Name)}</title></path>\n");
    }

    private static void AppendBox(StringBuilder text, ShownRecipe recipe, Box box)
    {
        _ = text.Append(CultureInfo.InvariantCulture, $"<g{(recipe.IsTarget ? " class=\"target\"" : "")}><rect x=\"{box.X}\" y=\"{box.Y}\" width=\"{box.Width}\" height=\"{box.Height}\"/>");
        _ = text.Append(CultureInfo.InvariantCulture, $"<text class=\"title\" x=\"{box.X + 8}\" y=\"{box.Y + 15}\">{Escaped(recipe.Name)}</text>");
        for (var i = 0; i < recipe.Tasks.Length; i++)
        {
            var task = recipe.Tasks[i];
            _ = text.Append(CultureInfo.InvariantCulture, $"<text class=\"{Words.Of(task.Kind)}\" x=\"{box.X + 8}\" y=\"{box.Y + TitleHeight + 11 + (i * RowHeight)}\">{Escaped(task.TaskName)}</text>");
        }
        _ = text.Append("</g>\n");
    }

    private static string Escaped(string text) => WebUtility.HtmlEncode(text);

    private readonly record struct Box(int X, int Y, int Width, int Height)
    {
        public int Right => X + Width;

        public int Middle => Y + (Height / 2);
    }
}
