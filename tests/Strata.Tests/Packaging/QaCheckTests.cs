using System.Collections.Immutable;
using System.Reflection;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

/// <summary>Every check of packages: something that provokes it, a layer that changes its severity, a recipe that silences it.</summary>
public sealed class QaCheckTests : IDisposable
{
    private const string Shared = "-shared -fPIC -nostdlib";

    private readonly Scratch _scratch = new();

    public static TheoryData<string> Checks => [.. All().Select(r => r.Check).Order(StringComparer.Ordinal)];

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task A_layer_decides_how_loud_a_check_is(string check)
    {
        Tool.Require("gcc", "strip");
        var rule = All().Single(r => r.Check == check);
        var request = await ProvokeAsync(check);

        Assert.Equal(rule.Rule.Severity, SeverityOf(rule, request));
        Assert.Equal(Severity.Error, SeverityOf(rule, request with { Qa = QaPolicy.Parse(check, "", null) }));
        Assert.Equal(Severity.Warning, SeverityOf(rule, request with { Qa = QaPolicy.Parse("", check, null) }));
        Assert.Null(SeverityOf(rule, request with { Qa = QaPolicy.Parse("", "", null) }));
        Assert.Null(SeverityOf(rule, request with { Qa = QaPolicy.Parse(check, null, check) }));
        // What no package has can only be silenced for the recipe.
        if (check != "installed-vs-shipped")
            Assert.Null(SeverityOf(rule, request with { Packages = [.. request.Packages.Select(p => p with { SkippedChecks = [check] })] }));
    }

    [Fact]
    public void The_lists_that_layers_append_to_say_what_the_checks_say_themselves()
    {
        var image = ImageQa.Checks.Select(c => (Check: c.Value, Core(c.Key).Severity));
        var expected = All().Select(r => (r.Check, r.Rule.Severity)).Concat(image).ToLookup(c => c.Severity, c => c.Check);

        Assert.Equal(expected[Severity.Error].Order(StringComparer.Ordinal), List("ERROR_QA"));
        Assert.Equal(expected[Severity.Warning].Order(StringComparer.Ordinal), List("WARN_QA"));

        static IEnumerable<string> List(string variable)
        {
            var text = File.ReadAllText(RepositoryTree.Path("meta-core/classes/base.bbclass"));
            var start = text.IndexOf($"\n{variable} ?= \"", StringComparison.Ordinal) + variable.Length + 6;
            return text[start..text.IndexOf('"', start)].Replace("\\", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        }

        static Rule Core(string code) => Strata.Tests.Core.RuleTests.RulesOf(typeof(QaRule).Assembly).First(r => r.Code == code);
    }

    private static ImmutableArray<QaRule> All() =>
        [.. typeof(QaRule).GetProperties(BindingFlags.Static | BindingFlags.Public).Select(p => p.GetValue(null)).OfType<QaRule>()];

    private Severity? SeverityOf(QaRule rule, PackageSplitRequest request)
    {
        FileTree.Delete(_scratch["out"]);
        var diagnostics = new Diagnostics();
        PackageSplitter.Split(request, diagnostics, TestContext.Current.CancellationToken);
        var found = diagnostics.Sorted().Where(d => d.Rule.Code == rule.Rule.Code).ToArray();
        Assert.All(found, d => Assert.EndsWith($"[{rule.Check}]", d.Message, StringComparison.Ordinal));
        Assert.All(found, d => Assert.False(string.IsNullOrEmpty(d.Hint)));
        return found.FirstOrDefault()?.Severity;
    }

    /// <summary>A request with exactly what the check is about.</summary>
    private async Task<PackageSplitRequest> ProvokeAsync(string check)
    {
        var request = Request();
        switch (check)
        {
            case "installed-vs-shipped":
                _scratch.Write("d/opt/extra", "");
                return request with { Packages = [new() { Name = "p", Files = ["/usr"] }] };
            case "file-rdeps":
                await CompileAsync("lib/libneeded.so.1", $"{Shared} -Wl,-soname,libneeded.so.1");
                await CompileAsync("d/usr/lib/libx.so.1", $"{Shared} -Wl,-soname,libx.so.1 -Wl,--no-as-needed {_scratch["lib/libneeded.so.1"]}");
                return request;
            case "version-symbols":
                return await WithOldLibraryAsync(request);
            case "arch":
                await CompileAsync("d/usr/lib/libx.so.1", $"{Shared} -Wl,-soname,libx.so.1");
                return request with { TargetArchitecture = "riscv64" };
            case "rpaths":
                await CompileAsync("d/usr/lib/libx.so.1", $"{Shared} -Wl,-soname,libx.so.1 -Wl,-rpath,/tmp/build");
                return request;
            case "useless-rpaths":
                await CompileAsync("d/usr/lib/libx.so.1", $"{Shared} -Wl,-soname,libx.so.1 -Wl,-rpath,/usr/lib");
                return request;
            case "dev-elf":
                await CompileAsync("d/usr/lib/libx.so", Shared);
                return request with { Packages = [new() { Name = "p-dev", Files = ["/"] }] };
            case "soname-link":
                await CompileAsync("d/usr/lib/libx.so.1.2", $"{Shared} -Wl,-soname,libx.so.1");
                return request;
            case "libdir":
                await CompileAsync("d/usr/lib64/libx.so.1", $"{Shared} -Wl,-soname,libx.so.1");
                return request with { LibraryDirectory = "/usr/lib" };
            case "textrel":
                await CompileAsync("d/usr/lib/libx.so.1", "-shared -nostdlib -Wl,-soname,libx.so.1 -Wl,-z,notext", """asm(".text; .globl f; f: .quad g; .globl g");""");
                return request;
            case "already-stripped":
                _scratch.Write("d/usr/bin/x", "");
                return request with { AlreadyStripped = ["/usr/bin/x"] };
            case "symlink-to-sysroot": _scratch.Link("d/usr/bin/x", "/build/sysroot/usr/bin/x"); return request;
            case "dev-so": _scratch.Link("d/usr/lib/libx.so", "libx.so.1"); return request;
            case "dep-cmp": return WithFile(request) with { Packages = [request.Packages[0] with { Depends = "lib (1.0)" }] };
            case "virtual-slash": return WithFile(request) with { Packages = [request.Packages[0] with { Depends = "virtual/libc" }] };
            case "debug-deps": return WithFile(request) with { Packages = [request.Packages[0] with { Depends = "lib-dbg" }] };
            case "dev-deps": return WithFile(request) with { Packages = [request.Packages[0] with { Depends = "lib-dev" }] };
            case "files-invalid": return WithFile(request) with { Packages = [request.Packages[0] with { Files = ["usr//share", "/"] }] };
            default:
                var (path, text, mode) = Files[check];
                _scratch.Write($"d{path}", text, mode);
                return request;
        }
    }

    /// <summary>Checks that one file provokes: its path, content and mode.</summary>
    private static readonly Dictionary<string, (string Path, string Text, int Mode)> Files = new(StringComparer.Ordinal)
    {
        ["buildpaths"] = ("/usr/share/x", "made in /build/work/x", 0x1A4),
        ["la"] = ("/usr/lib/libx.la", "libdir='/build/sysroot/usr/lib'", 0x1A4),
        ["pkgconfig"] = ("/usr/lib/pkgconfig/x.pc", "Libs: -L/build/sysroot/usr/lib", 0x1A4),
        ["pkgconfig-deps"] = ("/usr/lib/pkgconfig/x.pc", "Requires: nowhere", 0x1A4),
        ["staticdev"] = ("/usr/lib/libx.a", "!<arch>\n", 0x1A4),
        ["setuid"] = ("/usr/bin/x", "", 0x9ED),
        ["shebang-size"] = ("/usr/bin/x", $"#!/{new string('x', 200)}\n", 0x1ED),
        ["debug-files"] = ("/usr/lib/debug/usr/bin/x.debug", "", 0x1A4),
        ["empty-dirs"] = ("/run/x", "", 0x1A4),
        ["infodir"] = ("/usr/share/info/dir", "", 0x1A4),
        ["perllocalpod"] = ("/usr/lib/perl5/perllocal.pod", "", 0x1A4),
        ["expanded-d"] = ("/build/work/x/usr/bin/x", "", 0x1A4),
        ["world-writable"] = ("/usr/share/x", "", 0x1B6),
    };

    /// <summary>A program made with a library that has f@@V2, and a dependency whose library of that name has V1 only.</summary>
    private async Task<PackageSplitRequest> WithOldLibraryAsync(PackageSplitRequest request)
    {
        _scratch.Write("v1", "V1 { global: f; };");
        _scratch.Write("v2", "V1 { }; V2 { global: f; } V1;");
        const string options = $"{Shared} -Wl,-soname,libf.so.1 -Wl,--version-script=";
        await CompileAsync("old/usr/lib/libf.so.1", options + _scratch["v1"]);
        await CompileAsync("new/libf.so.1", options + _scratch["v2"]);
        await CompileAsync("d/usr/bin/x", $"-nostdlib {_scratch["new/libf.so.1"]}", "int f(void); void _start(void) { f(); }");
        var old = request with { InstallTree = _scratch["old"], OutputDirectory = _scratch["old-packages"], Packages = [new() { Name = "libf", Files = ["/"] }] };
        var diagnostics = new Diagnostics();
        var library = PackageSplitter.Split(old, diagnostics, TestContext.Current.CancellationToken)!.Packages.Single().LibraryProvides.Single();
        Assert.Equal(["V1"], library.Versions!);
        return request with { DependencyArtifacts = [_scratch["old-packages"]] };
    }

    private Task CompileAsync(string output, string options, string source = "int f(void) { return 0; }") =>
        Tool.CompileAsync("gcc", source, _scratch[output], options.Split(' '));

    private PackageSplitRequest WithFile(PackageSplitRequest request)
    {
        _scratch.Write("d/usr/share/x", "");
        return request;
    }

    private PackageSplitRequest Request() => new()
    {
        InstallTree = _scratch["d"],
        OutputDirectory = _scratch["out"],
        Recipe = "p",
        Version = "1",
        License = "MIT",
        PackageArchitecture = "all",
        Packages = [new() { Name = "p", Files = ["/"] }],
    };
}
