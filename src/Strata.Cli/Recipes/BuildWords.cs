using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Strata.Cli.Recipes;

/// <summary>What a recipe says of its build beyond sources and licence.</summary>
/// <param name="Classes">In the order of their names in the inherit line.</param>
/// <param name="Depends">Tools of the build machine that the sources need.</param>
/// <param name="Lines">Settings and tasks behind the inherit line.</param>
internal sealed partial record BuildWords(ImmutableArray<string> Classes, ImmutableArray<string> Depends, ImmutableArray<string> Lines)
{
    /// <summary>Words for a configure script.</summary>
    public ImmutableArray<string> ConfigureWords { get; init; } = [];

    public static BuildWords Of(SourceTree tree, string name)
    {
        var words = tree.Kind switch
        {
            BuildSystem.Autotools => Autotools(tree, []),
            BuildSystem.Autoreconf => Autotools(tree, ["autotools-native"]),
            BuildSystem.Cmake => Cmake(tree),
            BuildSystem.Meson => Meson(tree),
            BuildSystem.Cargo => new(["cargo"], [], []),
            BuildSystem.Go => Go(tree),
            BuildSystem.Python => Python(tree, name),
            BuildSystem.Make or _ => Make(tree, name),
        };
        var configure = tree.Read("configure.ac") + tree.Read("configure.in");
        if (tree.Kind is BuildSystem.Autoreconf && configure.Contains("GETTEXT", StringComparison.Ordinal)) words = words with { Classes = words.Classes.Add("gettext") };
        if (UsesPkgConfig().IsMatch(configure + tree.Read("meson.build") + tree.Read("CMakeLists.txt"))) words = words with { Classes = words.Classes.Add("pkgconfig") };
        return IsCxx(tree) ? words with { Classes = words.Classes.Add("cxx") } : words;
    }

    /// <summary>Whether the build cannot do without a C++ compiler.</summary>
    private static bool IsCxx(SourceTree tree) => tree.Kind switch
    {
        // Without a word about languages CMake asks for both, and so do parts that are switched off.
        BuildSystem.Cmake => CmakeCxx().IsMatch(tree.Read("CMakeLists.txt")) || (!CmakeLanguages().IsMatch(tree.Read("CMakeLists.txt")) && HasCxx(tree)),
        BuildSystem.Meson => MesonCxx().IsMatch(tree.Read("meson.build")),
        BuildSystem.Autotools or BuildSystem.Autoreconf => (tree.Read("configure.ac") + tree.Read("configure.in")).Contains("AC_PROG_CXX", StringComparison.Ordinal) && HasCxx(tree),
        BuildSystem.Make => HasCxx(tree),
        BuildSystem.Cargo or BuildSystem.Go or BuildSystem.Python or _ => false,
    };

    private static bool HasCxx(SourceTree tree) => new[] { "", "src", "lib" }.Select(d => Path.Combine(tree.Directory, d)).Where(Directory.Exists)
        .SelectMany(Directory.EnumerateFiles).Any(f => Path.GetExtension(f) is ".cc" or ".cpp" or ".cxx");

    /// <summary>Tests, examples and the like are switched off: they need more, and no package gets them.</summary>
    private static BuildWords Autotools(SourceTree tree, ImmutableArray<string> depends)
    {
        var text = MacroCalls.WithoutComments(tree.Read("configure.ac") + tree.Read("configure.in"), "dnl ");
        var extras = MacroCalls.Of(text, "AC_ARG_ENABLE").Select(o => MacroCalls.Split(o.Arguments)[0]).Where(n => AutoconfExtra().IsMatch(n));
        return new(["autotools"], depends, []) { ConfigureWords = [.. extras.Select(n => $"--disable-{n}").Distinct(StringComparer.Ordinal)] };
    }

    /// <summary>As with Autotools.</summary>
    private static BuildWords Cmake(SourceTree tree)
    {
        var text = MacroCalls.WithoutComments(tree.Read("CMakeLists.txt"), "#");
        var options = CmakeOption().Matches(text).Where(m => m.Groups["value"].Value.ToUpperInvariant() is not ("OFF" or "FALSE" or "NO" or "0")).Select(m => m.Groups["name"].Value).ToList();
        options.AddRange(CmakeCached().Matches(text).Select(m => m.Groups["name"].Value));
        if (text.Contains("include(CTest)", StringComparison.OrdinalIgnoreCase) || text.Contains("BUILD_TESTING", StringComparison.Ordinal)) options.Add("BUILD_TESTING");
        var words = options.Distinct(StringComparer.Ordinal).Select(o => $"-D{o}=OFF").ToArray();
        return new(["cmake"], [], words.Length == 0 ? [] : [$"EXTRA_OECMAKE = \"{string.Join(' ', words)}\""]);
    }

    private static BuildWords Meson(SourceTree tree)
    {
        var text = MacroCalls.WithoutComments(tree.Read("meson_options.txt") + tree.Read("meson.options"), "#");
        var words = MacroCalls.Of(text, "option").Where(o => MesonExtra().IsMatch(MacroCalls.Split(o.Arguments)[0]))
            .Select(o => (Name: MacroCalls.Split(o.Arguments)[0], Type: MesonType().Match(o.Arguments).Groups[1].Value))
            .Where(o => o.Type is "boolean" or "feature").Select(o => $"-D{o.Name}={(o.Type is "boolean" ? "false" : "disabled")}").ToArray();
        return new(["meson"], [], words.Length == 0 ? [] : [$"EXTRA_OEMESON = \"{string.Join(' ', words)}\""]);
    }

    /// <summary>A module is a library where nothing in its directory is called main: then its commands are built.</summary>
    private static BuildWords Go(SourceTree tree)
    {
        var isMain = Directory.EnumerateFiles(tree.Directory, "*.go").Any(f => GoMain().IsMatch(SourceTree.ReadAt(f)));
        return new(["go"], [], !isMain && Directory.Exists(Path.Combine(tree.Directory, "cmd")) ? ["GO_IMPORT = \"./cmd/...\""] : []);
    }

    private static BuildWords Python(SourceTree tree, string name)
    {
        var usual = name.StartsWith("python3-", StringComparison.Ordinal) ? name["python3-".Length..] : name;
        var packages = new[] { "", "src" }.Select(d => Path.Combine(tree.Directory, d)).Where(Directory.Exists)
            .SelectMany(d => Directory.EnumerateDirectories(d).Where(p => File.Exists(Path.Combine(p, "__init__.py"))).Concat(Directory.EnumerateFiles(d, "*.py")))
            .Where(p => Path.GetFileName(p) is not ("setup.py" or "conftest.py" or "tests" or "test" or "docs" or "examples" or "noxfile.py"))
            .Select(p => Path.GetRelativePath(tree.Directory, p)).Order(StringComparer.Ordinal).ToArray();
        return new(["setuptools3"], [], packages is [var one] && one == usual.Replace('-', '_') ? [] : [$"PYTHON_PACKAGES = \"{string.Join(' ', packages)}\""]);
    }

    /// <summary>What is set in a makefile beats the environment; the command line beats both.</summary>
    private static BuildWords Make(SourceTree tree, string name)
    {
        var top = MacroCalls.WithoutComments(tree.Read("GNUmakefile") + tree.Read("makefile") + tree.Read("Makefile"), "#");
        var below = Directory.EnumerateDirectories(tree.Directory).Order(StringComparer.Ordinal).Select(d => SourceTree.ReadAt(Path.Combine(d, "Makefile")));
        var text = $"{top}\n{MacroCalls.WithoutComments(string.Join('\n', below), "#")}";
        var settings = MakeSetting().Matches(text).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var words = new[] { "CC", "CXX", "AR", "RANLIB", "STRIP" }.Where(settings.Contains).Select(v => v is "STRIP" ? "STRIP=true" : $"'{v}=${{{v}}}'").ToList();
        words.AddRange(MakePlaces().Where(p => settings.Contains(p.Name) || text.Contains($"$({p.Name})", StringComparison.Ordinal)).Select(p => $"{p.Name}={p.Value}"));
        var lines = words.Count == 0 ? ImmutableArray<string>.Empty : [$"EXTRA_OEMAKE = \"{string.Join(' ', words)}\""];
        if (!MakeInstall().IsMatch(top)) return new([], [], [.. lines, "", "do_install () {", $"    install -D -m 0755 {name} ${{D}}${{bindir}}/{name}", "}"]);

        var where = text.Contains("DESTDIR", StringComparison.Ordinal) ? "DESTDIR=${D}"
            : string.Join(' ', MakePlaces().Where(p => settings.Contains(p.Name)).Select(p => $"{p.Name}=${{D}}{p.Value}"));
        return new([], [], [.. lines, "", "do_install () {", $"    oe_runmake install {where}", "}"]);
    }

    private static IEnumerable<(string Name, string Value)> MakePlaces() =>
        [("PREFIX", "${prefix}"), ("prefix", "${prefix}"), ("INSTALL_TOP", "${prefix}"), ("MANDIR", "${mandir}"), ("mandir", "${mandir}")];

    [GeneratedRegex(@"PKG_CHECK_MODULES|PKG_PROG_PKG_CONFIG|pkg_check_modules|pkg_search_module|PkgConfig|\bdependency\s*\(|import\('pkgconfig'\)")]
    private static partial Regex UsesPkgConfig();

    [GeneratedRegex(@"project\s*\([^)]*\bCXX\b", RegexOptions.IgnoreCase)]
    private static partial Regex CmakeCxx();

    [GeneratedRegex(@"project\s*\(\s*[^\s)]+[^)]*\bC\b", RegexOptions.IgnoreCase)]
    private static partial Regex CmakeLanguages();

    [GeneratedRegex(@"project\s*\([^)]*'cpp'|add_languages\s*\([^)]*'cpp'")]
    private static partial Regex MesonCxx();

    [GeneratedRegex(@"^\s*(?:cmake_dependent_)?option\s*\(\s*""?(?<name>\w*(?:TEST|EXAMPLE|BENCH|FUZZ|DOCS|DOC\b|SAMPLE)\w*)""?\s+""[^""]*""\s*(?<value>\$?\{?\w*)", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex CmakeOption();

    [GeneratedRegex(@"set\s*\(\s*(?<name>\w*(?:TEST|EXAMPLE|BENCH|FUZZ|DOCS|SAMPLE)\w*)\s+ON\s+CACHE\s+BOOL", RegexOptions.IgnoreCase)]
    private static partial Regex CmakeCached();

    [GeneratedRegex(@"\A[a-z-]*(?:test|regress|example|bench|fuzz|samples?|docs?|doxygen)[a-z-]*\z")]
    private static partial Regex AutoconfExtra();

    [GeneratedRegex(@"test|example|bench|fuzz|\bdocs?\b|sample|doxygen|gtk_doc|introspection", RegexOptions.IgnoreCase)]
    private static partial Regex MesonExtra();

    [GeneratedRegex(@"type\s*:\s*'(\w+)'")]
    private static partial Regex MesonType();

    [GeneratedRegex(@"^package\s+main\b", RegexOptions.Multiline)]
    private static partial Regex GoMain();

    [GeneratedRegex(@"^\s*(?:export\s+)?(\w+)\s*[:?]{0,2}=", RegexOptions.Multiline)]
    private static partial Regex MakeSetting();

    [GeneratedRegex(@"^install\b[^:=\n]*:(?!=)", RegexOptions.Multiline)]
    private static partial Regex MakeInstall();
}
