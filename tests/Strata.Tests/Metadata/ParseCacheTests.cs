using Strata.Core;
using Strata.Metadata;

namespace Strata.Tests.Metadata;

/// <summary>What the cache spares is counted in recipes evaluated and files read; what it answers is compared with a load that has none.</summary>
public sealed class ParseCacheTests : IDisposable
{
    private readonly LayerWorkspace _workspace = new();

    public ParseCacheTests()
    {
        _ = _workspace
            .Write("conf/local.conf", "COLOUR = \"red\"\nSHAPE = \"round\"\nSEEN = \"${COLOUR}\"\n")
            .Write("meta-x/classes/paint.bbclass", "PAINT = \"${SEEN} ${PN}\"\n")
            .Write("meta-x/classes/plain.bbclass", "V := \"${SHAPE}\"\ndef name(d):\n    return d.getVar('PN')\n")
            .Recipe("apple_1.bb", "inherit paint\nPROVIDES += \"${PAINT}\"\nBBCLASSEXTEND = \"native\"\n")
            .Recipe("ball_2.bb", "inherit plain\ninclude maybe.inc\nPACKAGES += \"${@name(d)}-${V}\"\nRPROVIDES:${PN}-round = \"rolls\"\n")
            .Recipe("cone_3.bb", "PROVIDES += \"${@d.getVar('SHAPE')}\"\n");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_second_load_evaluates_nothing_and_reads_no_file()
    {
        var cold = _workspace.LoadCached();
        var warm = LoadWhenSettled();

        Assert.Equal(3, cold.EvaluatedFiles.Length);
        Assert.Empty(warm.EvaluatedFiles);
        Assert.False(warm.Source.IsValueCreated);
        Assert.Equal(cold.Inputs, warm.Inputs);
        AssertSameAsWithoutCache();
    }

    [Fact]
    public void A_configuration_that_breaks_after_the_load_is_an_error_where_somebody_asks_for_it()
    {
        var warm = LoadWhenSettled();
        _ = _workspace.Write("conf/local.conf", "require absent.conf\n");

        Assert.Equal("apple  red apple", warm.Recipes.Single(r => r.Name == "apple").Get("PROVIDES"));
        Assert.Contains("absent.conf", Assert.Throws<ExpansionException>(() => warm.Configuration).Diagnostic.Message, StringComparison.Ordinal);
        _ = Assert.Throws<ExpansionException>(() => warm.Recipes[0].Variables);
    }

    [Fact]
    public void What_is_touched_is_read_and_nothing_else()
    {
        _ = _workspace.LoadCached();
        File.SetLastWriteTimeUtc(_workspace.PathOf("meta-x/classes/paint.bbclass"), Clock.Now.UtcDateTime.AddDays(-1));

        var metadata = _workspace.LoadCached();
        Assert.Empty(metadata.EvaluatedFiles);
        Assert.DoesNotContain(metadata.Recipes, r => r.IsEvaluated);
    }

    [Fact]
    public void Asking_every_recipe_what_it_provides_reads_no_file()
    {
        _ = _workspace.LoadCached();
        var warm = _workspace.LoadCached();
        File.Delete(_workspace.PathOf("meta-x/recipes/ball_2.bb"));

        var ball = warm.Recipes.Single(r => r.Name == "ball");
        Assert.Equal("ball ball-dev ball-round", ball.Get("PACKAGES"));
        Assert.Equal("rolls", ball.Get("RPROVIDES:ball-round"));
        Assert.Null(ball.Get("RPROVIDES:ball-dev"));
        Assert.Equal("2", ball.Get("PV"));
        _ = Assert.Throws<ExpansionException>(() => ball.Get("FILES"));
    }

    [Theory]
    [InlineData("conf/local.conf", "COLOUR = \"blue\"\nSHAPE = \"round\"\nSEEN = \"${COLOUR}\"\n", "apple_1")]
    [InlineData("conf/local.conf", "COLOUR = \"red\"\nSHAPE = \"flat\"\nSEEN = \"${COLOUR}\"\n", "ball_2 cone_3")]
    [InlineData("conf/local.conf", "COLOUR = \"red\"\nSHAPE = \"round\"\nSEEN = \"${COLOUR}\"\nNOBODY = \"asks\"\n", "")]
    [InlineData("conf/local.conf", "# moved down\nCOLOUR = \"red\"\nSHAPE = \"round\"\nSEEN = \"${COLOUR}\"\n", "")]
    [InlineData("conf/local.conf", "COLOUR = \"red\"\nSHAPE = \"round\"\nSEEN = \"${COLOUR}\"\nSHAPE:pn-cone = \"x\"\n", "ball_2 cone_3")]
    [InlineData("conf/local.conf", "COLOUR = \"red\"\nSHAPE = \"round\"\nSEEN = \"${COLOUR}\"\nV:append = \" looked for and absent before\"\n", "ball_2")]
    [InlineData("conf/local.conf", "COLOUR = \"red\"\nSHAPE = \"round\"\nSEEN = \"${COLOUR}\"\nOVERRIDES .= \":more\"\n", "apple_1 ball_2 cone_3")]
    [InlineData("meta-x/recipes/cone_3.bb", "PROVIDES += \"${SHAPE} else\"\n", "cone_3")]
    [InlineData("meta-x/recipes/cone_3.bb", "PROVIDES += \"${@d.getVar('SHAPE')}\"\n", "")]
    [InlineData("meta-x/classes/paint.bbclass", "PAINT = \"thin\"\n", "apple_1")]
    [InlineData("meta-x/recipes/maybe.inc", "V = \"included\"\n", "ball_2")]
    [InlineData("meta-x/classes-recipe/plain.bbclass", "V = \"found first\"\ndef name(d):\n    return 'x'\n", "ball_2")]
    [InlineData("meta-x/recipes/cone_%.bbappend", "PV .= \"+\"\n", "cone_3")]
    [InlineData("meta-x/recipes/dice_1.bb", "", "dice_1")]
    public void What_is_written_evaluates_again_what_it_concerns(string file, string text, string evaluated)
    {
        _ = _workspace.LoadCached();
        _ = _workspace.Write(file, text);

        Assert.Equal(evaluated, Evaluated(_workspace.LoadCached()));
        Assert.Equal("", Evaluated(_workspace.LoadCached()));
        AssertSameAsWithoutCache();
    }

    [Fact]
    public void A_finding_of_kept_and_evaluated_recipes_appears_once()
    {
        _ = _workspace.Write("meta-x/recipes/shared.inc", "HOME := \"${@os.getcwd()}\"\n")
            .Recipe("dice_1.bb", "require shared.inc\n").Recipe("egg_1.bb", "require shared.inc\n");
        _ = _workspace.LoadCached();
        var cold = _workspace.Report();
        _ = _workspace.Recipe("egg_1.bb", "require shared.inc\nPR = \"r2\"\n").LoadCached();

        Assert.Single(cold, r => r.Contains("HOME", StringComparison.Ordinal));
        Assert.Equal(cold, _workspace.Report());
    }

    [Fact]
    public void Configurations_share_the_files_and_keep_results_of_their_own()
    {
        var alone = _workspace.Load().FilesRead;
        _ = _workspace.Write("conf/local.conf", "SHAPE ?= \"round\"\nSEEN = \"${BB_CURRENT_MC}\"\nBBMULTICONFIG = \"one two\"\n")
            .Write("conf/multiconfig/one.conf", "SHAPE = \"flat\"\n").Write("conf/multiconfig/two.conf", "SHAPE = \"high\"\n");
        var cold = _workspace.LoadCached();

        Assert.Equal(alone + 2, cold.FilesRead);
        Assert.All(cold.Configurations, c => Assert.Equal(3, c.EvaluatedFiles.Length));
        Assert.All(_workspace.LoadCached().Configurations, c => Assert.Empty(c.EvaluatedFiles));
        _ = _workspace.Write("conf/multiconfig/one.conf", "SHAPE = \"wide\"\n");
        Assert.Equal(["", "ball_2 cone_3", ""], _workspace.LoadCached().Configurations.Select(Evaluated));
        AssertSameAsWithoutCache();
    }

    [Fact]
    public void An_edit_of_a_library_evaluates_everything_again()
    {
        _ = _workspace.Write("meta-x/conf/layer.conf", File.ReadAllText(_workspace.PathOf("meta-x/conf/layer.conf")) + "addpylib ${LAYERDIR}/lib mylib\n")
            .Write("meta-x/lib/mylib/tools.py", "def word():\n    return 'old'\n").Recipe("dice_1.bb", "PROVIDES += \"${@mylib.tools.word()}\"\n");
        _ = _workspace.LoadCached();
        Assert.Empty(_workspace.LoadCached().EvaluatedFiles);

        _ = _workspace.Write("meta-x/lib/mylib/tools.py", "def word():\n    return 'new'\n");
        var metadata = _workspace.LoadCached();

        Assert.Equal("dice  new", metadata.Recipes.Single(r => r.Name == "dice").Get("PROVIDES"));
        Assert.Contains(_workspace.PathOf("meta-x/lib/mylib/tools.py"), metadata.Inputs);
        AssertSameAsWithoutCache();
    }

    [Fact]
    public void What_comes_from_outside_gives_results_of_their_own()
    {
        _ = _workspace.Recipe("cone_3.bb", "PROVIDES += \"${@os.uname().machine} ${BB_NUMBER}\"\n")
            .Write("meta-y/conf/layer.conf", "BBFILE_COLLECTIONS += \"y\"\nBBFILE_PATTERN_y = \"^${LAYERDIR}/\"\nBBFILE_PRIORITY_y = \"1\"\nLAYERSERIES_COMPAT_y = \"strata\"\n");
        Func<MetadataRequest, MetadataRequest>[] requests =
        [
            r => r with { BuildArchitecture = "x86_64" },
            r => r with { BuildArchitecture = "aarch64" },
            r => r with { BuildArchitecture = "aarch64", Processors = 8 },
            r => r with { BuildArchitecture = "x86_64", Layers = [_workspace.PathOf("base"), _workspace.PathOf("meta-x"), _workspace.PathOf("meta-y")] },
            r => r with { BuildArchitecture = "x86_64", Variables = r.Variables.Add("BB_NUMBER", "7") },
        ];

        foreach (var request in requests)
        {
            var cached = Describe(_workspace.LoadCached(request));
            Assert.Equal(Describe(_workspace.LoadCached(r => request(r) with { CacheDirectory = null })), cached);
        }
        Assert.Equal(requests.Length, Directory.GetFiles(_workspace.CacheDirectory).Length);
        Assert.All(requests, r => Assert.Empty(_workspace.LoadCached(r).EvaluatedFiles));
    }

    [Theory]
    [InlineData("ball", "ball_2", "ball")]
    [InlineData("apple-native", "apple_1", "apple apple-native")]
    [InlineData("renamed", "apple_1 ball_2 cone_3 dice_4", "apple apple-native ball cone renamed")]
    [InlineData("", "", "")]
    public void Asking_for_one_recipe_evaluates_no_other_unless_its_file_is_named_otherwise(string recipe, string evaluated, string given)
    {
        _ = _workspace.Recipe("dice_4.bb", "PN = \"renamed\"\nDEPNEDS = \"a slip\"\n");
        var metadata = _workspace.LoadCached(r => r with { Recipe = recipe });

        Assert.Equal(evaluated, Evaluated(metadata));
        Assert.Equal(given, string.Join(' ', metadata.Recipes.Select(r => r.Name)));
        Assert.Equal(recipe == "renamed", _workspace.Report().Any(r => r.Contains("DEPNEDS", StringComparison.Ordinal)));
        var cold = _workspace.Report();
        _ = _workspace.LoadCached();
        var warm = _workspace.LoadCached(r => r with { Recipe = recipe });

        Assert.Empty(warm.EvaluatedFiles);
        if (recipe != "renamed") Assert.Equal(cold, _workspace.Report());
        Assert.Equal(recipe.Length > 0, warm.Recipes.Any(r => r.Name == recipe));
        AssertSameAsWithoutCache();
    }

    [Theory]
    [InlineData("ball")]
    [InlineData("apple-native")]
    [InlineData("")]
    public void Asking_for_one_recipe_reads_as_many_files_as_if_there_were_no_others(string recipe)
    {
        var few = Count();
        for (var i = 0; i < 40; i++) _ = _workspace.Recipe($"other{i}_1.bb", $"require other{i}.inc\nnonsense\n").Recipe($"other{i}.inc", "");

        Assert.Equal(few, Count());
        Assert.Empty(_workspace.Report().Where(r => r.Contains("other", StringComparison.Ordinal)));

        int Count()
        {
            if (Directory.Exists(_workspace.CacheDirectory)) Directory.Delete(_workspace.CacheDirectory, recursive: true);
            return _workspace.LoadCached(r => r with { Recipe = recipe }).FilesRead;
        }
    }

    [Fact]
    public void All_but_the_latest_caches_and_remains_of_writes_are_swept()
    {
        var (old, young) = (_workspace.CacheDirectory + "/killed.tmp", _workspace.CacheDirectory + "/running.tmp");
        _ = _workspace.Write(old, "").Write(young, "");
        File.SetLastWriteTimeUtc(old, Clock.Now.UtcDateTime.AddHours(-2));
        for (var i = 0; i < 20; i++) _ = _workspace.LoadCached(r => r with { Processors = 1 + i });

        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
        Assert.Equal(16, Directory.GetFiles(_workspace.CacheDirectory).Length - 1);
        Assert.Empty(_workspace.LoadCached(r => r with { Processors = 20 }).EvaluatedFiles);
        Assert.Equal(3, _workspace.LoadCached(r => r with { Processors = 1 }).EvaluatedFiles.Length);
    }

    [Fact]
    public void A_likely_slip_is_reported_once_by_every_load()
    {
        _ = _workspace.Recipe("cone_3.bb", "DEPNEDS = \"ball\"\nBBCLASSEXTEND = \"native\"\n").LoadCached();
        var cold = _workspace.Report();
        Assert.Empty(_workspace.LoadCached().EvaluatedFiles);

        Assert.Single(cold, r => r.Contains("DEPNEDS", StringComparison.Ordinal));
        Assert.Equal(cold, _workspace.Report());
    }

    [Fact]
    public void A_recipe_that_is_gone_is_gone()
    {
        _ = _workspace.LoadCached();
        _ = _workspace.Delete("meta-x/recipes/cone_3.bb");

        Assert.Equal(["apple", "apple-native", "ball"], _workspace.LoadCached().Recipes.Select(r => r.Name));
        AssertSameAsWithoutCache();
    }

    [Fact]
    public void An_error_is_reported_every_time_and_until_it_is_mended()
    {
        _ = _workspace.Recipe("cone_3.bb", "inherit absent\n").LoadCached();
        var first = _workspace.Report();
        _ = _workspace.LoadCached();

        Assert.Equal(first, _workspace.Report());
        Assert.Contains(first, r => r.Contains("absent", StringComparison.Ordinal));
        Assert.Equal("cone_3", Evaluated(_workspace.Write("meta-x/classes/absent.bbclass", "").LoadCached()));
        Assert.Equal("", Evaluated(_workspace.LoadCached()));
    }

    [Fact]
    public void An_edit_within_the_tick_of_the_load_is_noticed()
    {
        _ = _workspace.Recipe("cone_3.bb", "inherit paint\nPR = \"${PAINT}\"\n");
        for (var round = 0; round < 90; round++)
        {
            var letter = (char)('a' + (round % 26));
            _ = (round % 3) switch
            {
                0 => _workspace.Recipe("cone_3.bb", $"inherit paint\nPR = \"{letter}\"\n"),
                1 => _workspace.Recipe("cone_3.bb", "inherit paint\nPR = \"${PAINT}\"\n").Write("meta-x/classes/paint.bbclass", $"PAINT = \"{letter}\"\n"),
                _ => _workspace.Write("meta-x/classes/paint.bbclass", "PAINT = \"${SHAPE}\"\n").Write("conf/local.conf", $"SHAPE = \"{letter}\"\n"),
            };

            Assert.Equal($"{letter}", _workspace.LoadCached().Recipes.Single(r => r.Name == "cone").Get("PR"));
        }
    }

    [Theory]
    [InlineData("meta-x/recipes/cone_3.bb", -3650)]
    [InlineData("meta-x/recipes/cone_3.bb", 3)]
    [InlineData("meta-x/classes/plain.bbclass", -1)]
    [InlineData("meta-x/classes/plain.bbclass", 3650)]
    [InlineData("conf/local.conf", -20000)]
    [InlineData("conf/local.conf", 1)]
    public void Times_that_lie_do_not_hide_a_change(string file, int days)
    {
        var time = Clock.Now.UtcDateTime.AddDays(days);
        _ = _workspace.Recipe("cone_3.bb", "inherit plain\nPR = \"${WORD}\"\n").Write("meta-x/classes/plain.bbclass", "");
        var kept = File.ReadAllText(_workspace.PathOf(file));
        foreach (var letter in "abcabca")
        {
            _ = _workspace.Write(file, $"{kept}WORD = \"{letter}\"\n");
            File.SetLastWriteTimeUtc(_workspace.PathOf(file), time);
            var metadata = _workspace.LoadCached();
            // The clock of who wrote the cache may have been wrong as well.
            File.SetLastWriteTimeUtc(Directory.GetFiles(_workspace.CacheDirectory).Single(), time);

            Assert.Equal($"{letter}", metadata.Recipes.Single(r => r.Name == "cone").Get("PR"));
        }
        Assert.Empty(_workspace.LoadCached().EvaluatedFiles);
    }

    [Fact]
    public void Caches_with_a_time_to_come_make_room_for_the_one_that_is_used()
    {
        for (var i = 0; i < 20; i++) _ = _workspace.Write($"{_workspace.CacheDirectory}/{i}", "");
        foreach (var file in Directory.GetFiles(_workspace.CacheDirectory)) File.SetLastWriteTimeUtc(file, Clock.Now.UtcDateTime.AddYears(1));
        foreach (var processors in (int[])[1, 2, 1, 2]) _ = _workspace.LoadCached(r => r with { Processors = processors });

        Assert.Empty(_workspace.LoadCached(r => r with { Processors = 1 }).EvaluatedFiles);
        Assert.Empty(_workspace.LoadCached(r => r with { Processors = 2 }).EvaluatedFiles);
        Assert.Equal(16, Directory.GetFiles(_workspace.CacheDirectory).Length);
    }

    [Fact]
    public void A_cache_that_is_used_outlives_those_that_are_not()
    {
        _ = _workspace.LoadCached(r => r with { Processors = 100 });
        File.SetLastWriteTimeUtc(Directory.GetFiles(_workspace.CacheDirectory).Single(), Clock.Now.UtcDateTime.AddDays(-40));
        Assert.Empty(_workspace.LoadCached(r => r with { Processors = 100 }).EvaluatedFiles);
        for (var i = 0; i < 15; i++) _ = _workspace.LoadCached(r => r with { Processors = 1 + i });

        Assert.Empty(_workspace.LoadCached(r => r with { Processors = 100 }).EvaluatedFiles);
    }

    [Fact]
    public void A_damaged_cache_is_no_cache()
    {
        _ = _workspace.LoadCached();
        var file = Directory.EnumerateFiles(_workspace.CacheDirectory).Single();
        var whole = File.ReadAllBytes(file);
        foreach (var at in Enumerable.Range(0, 40).Select(i => i * whole.Length / 40))
        {
            var damaged = (byte[])whole.Clone();
            damaged[at] ^= 0x10;
            File.WriteAllBytes(file, damaged);
            Assert.Equal(3, _workspace.LoadCached().EvaluatedFiles.Length);

            File.WriteAllBytes(file, whole[..at]);
            Assert.Equal(3, _workspace.LoadCached().EvaluatedFiles.Length);
        }
        foreach (var other in (byte[][])[[.. whole, 0], new byte[whole.Length], [.. whole[..^4096], .. new byte[4096]], [.. whole, .. whole], [.. whole.Reverse()]])
        {
            File.WriteAllBytes(file, other);
            Assert.Equal(3, _workspace.LoadCached().EvaluatedFiles.Length);
        }
        Assert.Empty(_workspace.LoadCached().EvaluatedFiles);
    }

    [Fact]
    public void A_workspace_where_nothing_can_be_written_loads_all_the_same()
    {
        _ = _workspace.Write("build/cache/parse", "a file where the directory should be");

        Assert.Equal(3, _workspace.LoadCached().EvaluatedFiles.Length);
        Assert.Equal(3, _workspace.LoadCached().EvaluatedFiles.Length);
    }

    [Fact]
    public async Task Loads_at_the_same_time_do_not_disturb_each_other()
    {
        var expected = Describe(_workspace.Load());
        for (var round = 0; round < 5; round++)
        {
            if (Directory.Exists(_workspace.CacheDirectory)) Directory.Delete(_workspace.CacheDirectory, recursive: true);
            var loads = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Describe(_workspace.LoadCached(threads: 2)))));

            Assert.All(loads, l => Assert.Equal(expected, l));
            Assert.Empty(_workspace.LoadCached().EvaluatedFiles);
            Assert.Single(Directory.EnumerateFiles(_workspace.CacheDirectory));
        }
    }

    [Fact]
    public void Random_edits_never_show_a_difference()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 150; round++)
        {
            for (var edits = random.Next(3); edits >= 0; edits--) EditAnything(random);
            _ = _workspace.LoadCached(threads: 1 + random.Next(3));
            if (random.Next(3) > 0) AssertSameAsWithoutCache();
        }
    }

    /// <summary>The first load that reads no file: as long as files are younger than a tick of the clock, each load looks into them and notes that they are the same.</summary>
    private LoadedMetadata LoadWhenSettled()
    {
        for (var i = 0; i < 1000; i++)
            if (_workspace.LoadCached() is { FilesRead: 0 } settled) return settled;
        throw new InvalidOperationException("every load reads files");
    }

    private void EditAnything(Random random)
    {
        string[] variables = ["COLOUR", "SHAPE", "SEEN", "V", "PAINT", "PV", "PROVIDES", "PACKAGES", "BBCLASSEXTEND"];
        string[] operators = ["=", "?=", "??=", ":=", "+=", ".="];
        string[] suffixes = ["", "", ":append", ":prepend", ":remove", ":pn-ball", ":class-native", ":append:class-native", ":${PN}"];
        string[] values = ["red", "native", "${SHAPE}", "${V} x", "${@d.getVar('COLOUR') or 'none'}", "${PN}-tools ${PN}"];
        string[] files =
        [
            "conf/local.conf", "meta-x/classes/paint.bbclass", "meta-x/classes/plain.bbclass", "meta-x/recipes/apple_1.bb", "meta-x/recipes/ball_2.bb",
            "meta-x/recipes/cone_3.bb", "meta-x/recipes/ball_%.bbappend", "meta-x/recipes/maybe.inc", "meta-x/recipes/dice_4.bb", "meta-x/classes-recipe/paint.bbclass",
        ];
        var file = Pick(files);
        if (random.Next(6) == 0 && File.Exists(_workspace.PathOf(file))) _ = _workspace.Delete(file);
        else if (random.Next(6) == 0 && !file.EndsWith(".conf", StringComparison.Ordinal)) _ = _workspace.Write(file, $"inherit {Pick(["paint", "plain"])}\n");
        else _ = _workspace.Write(file, string.Concat(Enumerable.Range(0, 1 + random.Next(3)).Select(_ => $"{Pick(variables)}{Pick(suffixes)} {Pick(operators)} \"{Pick(values)}\"\n")));

        string Pick(string[] from) => from[random.Next(from.Length)];
    }

    private void AssertSameAsWithoutCache()
    {
        var cached = Describe(_workspace.LoadCached());
        var cachedReport = _workspace.Report();
        var plain = Describe(_workspace.Load());

        Assert.Equal(plain, cached);
        Assert.Equal(_workspace.Report(), cachedReport);
    }

    private string Evaluated(LoadedMetadata metadata) =>
        string.Join(' ', metadata.EvaluatedFiles.Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));

    private static string[] Describe(LoadedMetadata metadata) => [.. metadata.Configurations.SelectMany(DescribeOne)];

    /// <summary>First what is at hand, then everything.</summary>
    private static string[] DescribeOne(LoadedMetadata metadata)
    {
        string[] asked = ["PV", "PR", "PE", "PROVIDES", "PACKAGES", "RPROVIDES", "HOST_PACKAGES"];
        var facts = metadata.Recipes.Select(r => $"{r} {r.Name} {r.Layer} {r.LayerPriority} {r.SkipReason} {string.Join(' ', r.Appends)} {string.Join('|', asked.Select(a => Value(() => r.Get(a))))}").ToArray();
        var perPackage = metadata.Recipes.SelectMany(r => (Value(() => r.Get("PACKAGES")) ?? "").Split(' ').Select(p => $"{r} {p} {Value(() => r.Get($"RPROVIDES:{p}"))}")).ToArray();
        var tasks = metadata.Recipes.SelectMany(r => r.Tasks.Select(t => $"{r} {t.Name}: {string.Join(' ', t.After)}"));
        var values = metadata.Recipes.SelectMany(r => r.Variables.Names.Select(n => $"{r} {n} {Value(() => r.Variables.Get(n))}"));
        var configured = metadata.Configuration.Names.Select(n => $"{n} {Value(() => metadata.Configuration.Get(n))}");
        var skipped = metadata.Recipes.SelectMany(r => r.SkippedPython.Select(p => $"{r} {p}"));
        return [metadata.Multiconfig, .. facts, .. perPackage, .. tasks, .. configured, .. values, .. skipped, .. metadata.Inputs, .. metadata.RecipeFiles, $"{metadata.MaskedFiles}"];
    }

    private static string? Value(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (ExpansionException e)
        {
            return e.Message;
        }
    }
}
