using System.Globalization;
using Strata.Core;
using Strata.Metadata;
using Strata.Metadata.Evaluation;
using Strata.Metadata.Syntax;

namespace Strata.Corpus.OpenEmbedded;

/// <summary>
/// <c>tools/expression-coverage OE_DIR</c>: how many of openembedded-core's inline expressions and <c>def</c> helpers Strata evaluates,
/// and why it does not evaluate the rest. Each expression is evaluated in recipes that its file is part of.
/// </summary>
internal static class CoverageCommand
{
    /// <summary>How many recipes an expression is tried in before its failure counts: many make sense in some recipes only.</summary>
    private const int MostRecipes = 12;

    private const int Examples = 4;

    public static int Run(string directory, bool showAll)
    {
        using var workspace = new OpenEmbeddedWorkspace(Path.Combine(directory, "meta"));
        var metadata = workspace.Load(new Diagnostics());
        var files = FilesBelow(directory).Select(f => StatementParser.Parse(f, File.ReadAllText(f))).ToList();
        var users = Users(metadata);
        var expressions = files.SelectMany(f => ExpressionsOf(f).Distinct(StringComparer.Ordinal).Select(e => (f.Path, Expression: e))).ToList();
        var outcomes = expressions.Select(e => (e.Path, e.Expression, Failure: Evaluate(e.Expression, Stores(e.Path, users, metadata, workspace.Top)))).ToList();
        Print("inline expressions", outcomes.Select(o => ($"{Path.GetFileName(o.Path)}: ${{@{o.Expression}}}", o.Failure)), showAll);

        var helpers = files.SelectMany(f => f.Statements.OfType<PythonDefinition>()).ToList();
        var check = new HelperCheck(helpers.Select(h => h.Function), metadata.Configuration.Surroundings.Modules.Values);
        var inline = check.ReachedFrom(expressions.Select(e => e.Expression));
        Print("'def' helpers that inline expressions call", inline.Select(h => (h.Name, check.Refusal(h))), showAll);
        Print("other 'def' helpers, which tasks and Python call", helpers.Select(h => h.Function).Except(inline).Select(h => (h.Name, check.Refusal(h))), showAll);
        return outcomes.Exists(o => o.Failure is { } failure && failure.StartsWith(Unsupported, StringComparison.Ordinal)) ? 1 : 0;
    }

    private const string Unsupported = "not among what Strata evaluates";

    private static IEnumerable<string> FilesBelow(string directory) =>
        Directory.EnumerateFiles(Path.Combine(directory, "meta"), "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".bb" or ".bbclass" or ".inc" or ".conf" or ".bbappend").Order(StringComparer.Ordinal);

    private static ILookup<string, Recipe> Users(LoadedMetadata metadata)
    {
        var analysis = new Effects.EffectAnalysis(metadata);
        return metadata.Recipes.SelectMany(r => analysis.FilesOf(r).Select(f => (File: f, Recipe: r))).ToLookup(p => p.File, p => p.Recipe, StringComparer.Ordinal);
    }

    private static IEnumerable<string> ExpressionsOf(MetadataFile file) => file.Statements.SelectMany(TextsOf).SelectMany(ExpressionsIn);

    private static IEnumerable<string> TextsOf(Strata.Metadata.Syntax.Statement statement) => statement switch
    {
        AssignmentStatement s => [s.Value],
        FunctionStatement { IsPython: false } s => [s.Body],
        InheritStatement s => [s.Classes],
        IncludeStatement s => [s.Files],
        AddTaskStatement s => [s.Tasks, s.After, s.Before],
        _ => [],
    };

    private static IEnumerable<string> ExpressionsIn(string text)
    {
        for (var at = 0; References.TryFindExpression(text, at, out var start, out var end); at = end) yield return text[(start + 3)..(end - 1)];
    }

    /// <summary>Recipes that the file is part of; for a class that none inherits a recipe that is made to, for the rest the configuration.</summary>
    private static IEnumerable<Datastore> Stores(string path, ILookup<string, Recipe> users, LoadedMetadata metadata, string top)
    {
        if (users.Contains(path)) return users[path].Take(MostRecipes).Select(r => r.Variables);
        if (!path.EndsWith(".bbclass", StringComparison.Ordinal)) return [metadata.Recipes[0].Variables, metadata.Configuration];
        var store = metadata.Recipes[0].Variables.Copy();
        try
        {
            new Evaluator(store, new(new FileTable(top, new())), new(), "classes-recipe").Inherit(new(default, path, IsDeferred: true));
        }
        catch (Exception e) when (e is MetadataException or ExpansionException)
        {
            // What it did until then is enough for most of its expressions.
        }
        return [store];
    }

    /// <summary>Null if the expression has a value in one of the stores, else why it has none in the first.</summary>
    private static string? Evaluate(string expression, IEnumerable<Datastore> stores)
    {
        string? failure = null;
        foreach (var store in stores)
        {
            try
            {
                _ = store.Expand($"${{@{expression}}}");
                return null;
            }
            catch (ExpansionException e)
            {
                failure ??= Reason(e);
            }
            catch (MetadataException e)
            {
                failure ??= e.Message;
            }
        }
        return failure;
    }

    private static string Reason(ExpansionException failure)
    {
        var cause = failure.Message[(failure.Message.LastIndexOf("}: ", StringComparison.Ordinal) + 1)..].TrimStart(':', ' ');
        return failure.IsOutOfReach ? cause.Contains(Unsupported, StringComparison.Ordinal) ? $"{Unsupported}: {cause}" : cause
            : $"Python fails in each recipe tried: {cause}";
    }

    private static void Print(string title, IEnumerable<(string Name, string? Failure)> outcomes, bool showAll)
    {
        var all = outcomes.ToList();
        var good = all.Count(o => o.Failure is null);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{good} of {all.Count} {title} evaluate ({100.0 * good / Math.Max(1, all.Count):F1} %)"));
        foreach (var reason in all.Where(o => o.Failure is not null).GroupBy(o => o.Failure!, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"{reason.Count(),6}  {reason.Key}");
            foreach (var (name, _) in showAll ? reason : reason.Take(Examples)) Console.WriteLine($"          {name}");
        }
        Console.WriteLine();
    }
}
