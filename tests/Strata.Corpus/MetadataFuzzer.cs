using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>Breaks recorded projects at random places and loads them: whatever comes out, nothing may crash or run for ever.</summary>
public sealed class MetadataFuzzer(string projects, string baseLayer) : IDisposable
{
    private const int StackSize = 16 << 20;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(20);

    private static readonly string[] s_pieces =
    [
        "\"", "'", "\\\n", "\n", "${", "}", "${@", "[", "]", ":append", ":remove", "=", ":=", "??=", "\0", "\u2028", "${V${V}}", "A = \"${A}${A}\"\n", "inherit ${A}\n", "require ${FILE}\n",
        "OVERRIDES .= \":${A}\"\n", "do_x () {\n", "}\n", "python () {\n", "def f(d):\n    return f(d)\n", "addtask x after x before x\n", "${@'a' * 99999999}", "${@[x for x in range(10**9)]}", "((((((((", "x = \"",
        "${@{", "${@" + new string('(', 20_000), "${@" + string.Concat(Enumerable.Repeat("not ", 20_000)) + "1}", "${@d.getVar('A', False)}", "include ${FILE}\n", "include_all ${FILE}\n", "\r", "\uFEFF",
    ];

    private readonly ImmutableArray<ProjectCase> _cases = ProjectCase.ReadAll(projects);
    private readonly Workspace _workspace = new(baseLayer);

    /// <summary>Null if all is well; else what happened, with the seed that makes it happen again.</summary>
    public string? Try(int seed)
    {
        var random = new Random(seed);
        var original = _cases[random.Next(_cases.Length)];
        var broken = original with { Name = $"fuzz{seed}", Files = Break(original.Files, random) };
        string? failure = null;
        var thread = new Thread(() => failure = Load(broken), StackSize) { IsBackground = true };
        thread.Start();
        if (!thread.Join(s_longest)) failure = $"not finished after {s_longest.TotalSeconds} s";
        return failure is null ? null : $"seed {seed} ({original.Name}): {failure}";
    }

    public void Dispose() => _workspace.Dispose();

    private string? Load(ProjectCase project)
    {
        var top = _workspace.Write(project);
        try
        {
            var metadata = MetadataLoader.Load(new() { TopDirectory = top, Threads = 1 }, new(), CancellationToken.None);
            foreach (var recipe in metadata.Recipes)
                foreach (var name in recipe.Variables.Names) Read(recipe.Variables, name);
            return null;
        }
        catch (ExpansionException)
        {
            return null;   // OVERRIDES decides which names there are, and may be as broken as any value
        }
        catch (Exception bug)
        {
            return bug.ToString();
        }
        finally
        {
            Workspace.Delete(top);
        }
    }

    private static void Read(Datastore variables, string name)
    {
        try
        {
            _ = variables.Get(name);
        }
        catch (ExpansionException)
        {
            // A clear error is a fine answer.
        }
    }

    private static JsonObject Break(JsonObject files, Random random)
    {
        var broken = files.DeepClone().AsObject();
        var names = broken.Where(f => f.Value is JsonValue).Select(f => f.Key).ToArray();
        for (var i = random.Next(1, 6); i > 0 && names.Length > 0; i--)
        {
            var name = names[random.Next(names.Length)];
            broken[name] = Break((string)broken[name]!, random);
        }
        return broken;
    }

    private static string Break(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var length = random.Next(Math.Min(20, text.Length - at) + 1);
        return random.Next(4) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, length)),
            _ => text.Insert(at, s_pieces[random.Next(s_pieces.Length)]),
        };
    }
}
