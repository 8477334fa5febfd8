using System.Collections.Immutable;
using Strata.Cli.Answers;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Cli.Layers;

/// <summary>
/// The rules that the Yocto Project asks of layers (docs.yoctoproject.org, “Making Sure Your Layer is Compatible With Yocto Project”;
/// its yocto-check-layer), as far as they do not need a build.
/// </summary>
internal sealed class LayerChecker(Question question, Layer layer)
{
    private const int MostNamed = 5;

    private readonly LayerSets _sets = new(question.Metadata.Layers, new LayerReader(question).Dependencies());

    public LayerCheckAnswer Check(CancellationToken cancel)
    {
        ImmutableArray<LayerFinding> findings =
        [
            Finding("layer.conf claims only the layer's own files", Pattern()),
            Finding("layer.conf gives a priority", Setting("BBFILE_PRIORITY") ? null : $"set BBFILE_PRIORITY_{layer.Name} = \"6\" in its conf/layer.conf"),
            Finding("layer.conf names the series it works with", Setting("LAYERSERIES_COMPAT") ? null : $"set LAYERSERIES_COMPAT_{layer.Name} = \"{question.Metadata.Configuration.Get("LAYERSERIES_CORENAMES")}\" in its conf/layer.conf"),
            Finding("layer.conf names the layers it needs", IsCore || Setting("LAYERDEPENDS") ? null : $"set LAYERDEPENDS_{layer.Name} = \"core\" in its conf/layer.conf"),
            Finding("a README says what it is, who maintains it and how to send patches", Readme()),
            Finding("a licence file says how the layer may be used", Has("LICENSE*", "COPYING*") ? null : "add a LICENSE or COPYING file"),
            Finding("every patch has an Upstream-Status", Patches()),
            Alone(cancel),
            Unrelated(cancel),
        ];
        return new(layer.Name, findings.All(f => f.Outcome != CheckOutcome.Failed), findings);
    }

    private bool IsCore => question.Metadata.Configuration.History("LAYERSERIES_CORENAMES").Any(a => !a.Place.IsNowhere && Paths.IsBelow(a.Place.File, layer.Directory));

    private static LayerFinding Finding(string rule, string? problem) => new(rule, problem is null ? CheckOutcome.Passed : CheckOutcome.Failed, problem ?? "");

    private bool Setting(string variable) => question.Metadata.Configuration.Get($"{variable}_{layer.Name}") is { Length: > 0 };

    private string? Pattern()
    {
        var start = layer.Pattern.Replace("\\", "", StringComparison.Ordinal);
        return start.StartsWith($"^{layer.Directory}/", StringComparison.Ordinal) ? null : $"set BBFILE_PATTERN_{layer.Name} = \"^${{LAYERDIR}}/\"; it is \"{layer.Pattern}\"";
    }

    private bool Has(params string[] patterns) => patterns.Any(p => Directory.EnumerateFiles(layer.Directory, p).Any());

    private string? Readme()
    {
        var texts = Directory.EnumerateFiles(layer.Directory, "README*").Select(File.ReadAllText).ToArray();
        if (texts.All(string.IsNullOrWhiteSpace)) return "add a README";
        var text = string.Join('\n', texts);
        var missing = new[] { ("maintain", "who maintains it"), ("patch", "how to send patches") }.Where(w => !text.Contains(w.Item1, StringComparison.OrdinalIgnoreCase)).Select(w => w.Item2).ToArray();
        return missing.Length == 0 ? null : $"the README does not say {string.Join(" and ", missing)}";
    }

    private string? Patches()
    {
        var without = Directory.EnumerateFiles(layer.Directory, "*.patch", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(f => !File.ReadLines(f).Any(l => l.TrimStart().StartsWith("Upstream-Status:", StringComparison.OrdinalIgnoreCase))).Select(question.Shown).ToArray();
        return without.Length == 0 ? null : $"add “Upstream-Status: Pending” (or Submitted, Backport, Inappropriate) to {Named(without)}";
    }

    /// <summary>With the layers it needs and no other.</summary>
    private LayerFinding Alone(CancellationToken cancel)
    {
        var problems = new List<Diagnostic>();
        var isReadable = LayerState.CanBeRead(question, _sets.WithNeeds(layer), problems.Add, cancel);
        return Finding("it can be read with the layers it needs alone", isReadable ? null : Text(problems));
    }

    /// <summary>Adding a layer must not change what others build; that is for machines, distributions and the user's own configuration to do.</summary>
    private LayerFinding Unrelated(CancellationToken cancel)
    {
        const string Rule = "adding it changes no task of recipes of other layers";
        if (IsCore) return Finding(Rule, null);
        var problems = new List<Diagnostic>();
        if (LayerState.Read(question, _sets.Without(layer), ["world"], problems.Add, cancel) is not { } before)
            return new(Rule, CheckOutcome.Unknown, $"there is no build to compare with: {Text(problems)}");
        if (LayerState.Read(question, [.. question.Metadata.Layers.Where(l => !_sets.GoWith(layer).Contains(l.Name)).Select(l => l.Directory)], ["world"], problems.Add, cancel) is not { } after)
            return new(Rule, CheckOutcome.Unknown, $"the tasks of all recipes cannot be worked out: {Text(problems)}");

        var changed = before.Tasks.Values.Where(t => after.Tasks.TryGetValue(t.Name, out var now) && now.RecipeFile == t.RecipeFile && !now.DeepKey.Equals(t.DeepKey)).ToArray();
        if (changed.Length == 0) return Finding(Rule, null);
        var causes = changed.Where(t => !after.Tasks[t.Name].OwnDigest.Equals(t.OwnDigest)).Select(t => t.Name).Order(StringComparer.Ordinal).ToArray();
        return Finding(Rule, $"{changed.Length} tasks change, first of all {Named(causes)}\nput what changes them under an override of a machine or distribution of this layer; see strata layer diff {layer.Name}");
    }

    private static string Text(IEnumerable<Diagnostic> problems) => string.Join('\n', problems.Select(p => p.ToString()));

    private static string Named(string[] names) => string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : "");
}
