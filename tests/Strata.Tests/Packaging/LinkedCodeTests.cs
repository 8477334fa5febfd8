using System.IO.Compression;
using System.Text;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

/// <summary>Real links by the machine's compilers, seen through the linker of meta-core.</summary>
public sealed class LinkedCodeTests : IDisposable
{
    private const string Recorder = "meta-core/recipes-devtools/gcc/files/record-link.sh";
    private const string HeaderRecorder = "meta-core/recipes-devtools/gcc/files/record-headers.sh";
    private const string Runtime = "gcc = GPL-3.0-or-later WITH GCC-exception-3.1 = libgcc*.a crtbegin*.o crtend*.o; glibc-start = LGPL-2.1-or-later WITH GCC-exception-2.0-note = *crt*.o crti.o crtn.o; glibc = LGPL-2.1-or-later = libc.a";

    private readonly Scratch _scratch = new();
    private readonly Diagnostics _diagnostics = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>A library libpart.a of the recipe "part" in the sysroot, with one member that programs use and one that none does.</summary>
    private async Task MakeSysrootAsync()
    {
        Tool.Require("gcc", "ar", "strip");
        Directory.CreateDirectory(_scratch["sysroot/usr/lib"]);
        _scratch.Write("used.c", "int used(void) { return 7; }");
        _scratch.Write("unused.c", "int unused(void) { return 8; }");
        await ShellAsync("gcc -c used.c unused.c && ar rc sysroot/usr/lib/libpart.a used.o unused.o && ar rc sysroot/usr/lib/libother.a unused.o");
        _scratch.Write("bin/ld", File.ReadAllText(RepositoryTree.Path(Recorder)).Replace("@LINKER@", "/usr/bin/ld", StringComparison.Ordinal), 0b111_101_101);
        new PackageList
        {
            Recipe = "part",
            Packages = [new() { Name = "part-staticdev", Version = "2.0", Revision = "r1", Recipe = "part", Architecture = "x86_64", License = "MPL-2.0",
                Files = [new() { Path = "/usr/lib/libpart.a", Kind = FileKind.File, Mode = 0x1A4 }, new() { Path = "/usr/lib/libother.a", Kind = FileKind.File, Mode = 0x1A4 }] }],
        }.Write(Directory.CreateDirectory(_scratch["part"]).FullName);
    }

    private Task<string> ShellAsync(string script) =>
        Tool.RunAsync("env", "-C", _scratch.Root, $"STRATA_LINKS={_scratch["links"]}", "sh", "-e", "-c", script);

    private PackageManifest Split(string cargoLock = "/nonexistent")
    {
        var list = PackageSplitter.Split(new()
        {
            InstallTree = _scratch["image"],
            OutputDirectory = _scratch["out"],
            Recipe = "tool",
            Version = "1.0",
            License = "MIT",
            PackageArchitecture = "x86_64",
            Packages = [new() { Name = "tool", Files = ["/"], SkippedChecks = ["already-stripped", "ldflags", "libdir", "file-rdeps"] }],
            DependencyArtifacts = [_scratch["part"]],
            SysrootParts = [new("tiny", _scratch["tiny"]), new("part", _scratch["sysroot"])],
            Links = LinkRecords.Read(_scratch["links"], path => path),
            WorkDirectory = _scratch["work"],
            BuildDirectories = [_scratch["links"], _scratch["work"]],
            Sysroot = _scratch["sysroot"],
            Runtime = RuntimeCode.ParseList(Runtime),
            CargoLock = cargoLock,
        }, _diagnostics, TestContext.Current.CancellationToken);
        Assert.True(list is not null, string.Join('\n', _diagnostics.Sorted()));
        return list.Packages.Single();
    }

    private static IEnumerable<string> Names(PackageManifest package) => package.Linked.Select(l => $"{l.Kind} {l.Name} {Path.GetFileName(l.Origin)} {string.Join(' ', l.Files)}");

    [Theory]
    [InlineData("")]
    [InlineData("-Wl,-Map,own.map")]
    [InlineData("-Wl,-Map=own.map -flto")]
    public async Task A_program_tells_whose_code_is_in_it_and_not_what_was_merely_offered(string options)
    {
        await MakeSysrootAsync();
        _scratch.Write("work/main.c", "int used(void); int main(void) { return used(); }");
        await ShellAsync($"""
            mkdir -p image/usr/bin; cd work
            gcc -static -B../bin/ {options} main.c -o prog -L../sysroot/usr/lib -lpart -lother
            gcc -static {options} main.c -o plain -L../sysroot/usr/lib -lpart -lother
            cmp prog plain
            strip -o ../image/usr/bin/renamed prog
            """);

        var package = Split();

        var part = Assert.Single(package.Linked, l => l.Recipe == "part");
        Assert.Equal(("part-staticdev", "2.0-r1", "MPL-2.0", "/usr/lib/libpart.a"), (part.Name, part.Version, part.License, part.Origin));
        Assert.Equal(["/usr/bin/renamed"], part.Files);
        Assert.Contains(package.Linked, l => l is { Name: "gcc", Origin: "crtend.o", License: "GPL-3.0-or-later WITH GCC-exception-3.1" });
        Assert.Contains(package.Linked, l => l is { Name: "glibc", Origin: "libc.a" });
        Assert.Empty(package.UnseenLinks);
    }

    [Theory]
    [InlineData("gcc -c")]
    [InlineData("gcc -MD -MF main.d -c")]
    [InlineData("gcc -MD -MF main.unused -c", "printf '# ninjadeps\\n\\001%s\\141\\377' \"${PWD%/work}/sysroot/usr/include/tiny/list.h\" >.ninja_deps")]
    public async Task Headers_of_a_recipe_that_is_nothing_else_are_inside_of_what_includes_them(string compile, string afterwards = ":")
    {
        await MakeSysrootAsync();
        _scratch.Write("sysroot/usr/include/tiny/list.h", "static inline int tiny(void) { return 1; }");
        _scratch.Write("sysroot/usr/include/tiny/unused.h", "");
        _scratch.Write("work/main.c", "#include <tiny/list.h>\nint used(void); int main(void) { return used() + tiny(); }");
        foreach (var name in (string[])["list.h", "unused.h"]) _scratch.Write($"tiny/usr/include/tiny/{name}", "");
        _scratch.Write("bin/cc", File.ReadAllText(RepositoryTree.Path(HeaderRecorder)).Replace("exec @COMPILER@ -B\"${0%/*}/@LINKER@/\" @OPTIONS@", "exec", StringComparison.Ordinal), 0b111_101_101);
        await ShellAsync($"""
            mkdir -p image/usr/bin; cd work
            ../bin/cc {compile} -isystem {_scratch["sysroot"]}/usr/include main.c -o main.o
            {afterwards}
            gcc -static -B../bin/ main.o -o tool -L../sysroot/usr/lib -lpart; cp tool ../image/usr/bin/tool
            """);

        var header = Assert.Single(Split().Linked, l => l.Kind == LinkKind.Header);

        Assert.Equal(("tiny", "tiny", "/usr/include/tiny/list.h"), (header.Name, header.Recipe, header.Origin));
    }

    [Fact]
    public async Task What_nobody_saw_being_linked_is_listed()
    {
        await MakeSysrootAsync();
        _scratch.Write("work/main.c", "int main(void) { return 0; }");
        await ShellAsync("mkdir -p image/usr/bin; gcc -static work/main.c -o image/usr/bin/foreign");

        var package = Split();

        Assert.Equal(["/usr/bin/foreign"], package.UnseenLinks);
        Assert.Empty(package.Linked);
    }

    [Fact]
    public async Task What_configure_tries_is_not_recorded()
    {
        await MakeSysrootAsync();
        _scratch.Write("work/main.c", "int main(void) { return 0; }");
        await ShellAsync("gcc -Bbin/ work/main.c -o conftest; gcc -Bbin/ work/main.c -o conftest.exe");

        Assert.False(Directory.Exists(_scratch["links"]));
    }

    [Fact]
    public async Task A_Go_program_names_the_modules_inside()
    {
        Tool.Require("go");
        Directory.CreateDirectory(_scratch["part"]);
        new PackageList { Recipe = "part", Packages = [] }.Write(_scratch["part"]);
        _scratch.Write("work/go.mod", "module example.org/tool\n\ngo 1.18\n\nrequire example.org/lib v1.2.3\n\nreplace example.org/lib v1.2.3 => example.net/Fork v1.2.4\n");
        _scratch.Write("work/main.go", "package main\n\nimport \"example.org/lib\"\n\nfunc main() { lib.Greet() }\n");
        _scratch.Write("work/vendor/modules.txt", "# example.org/lib v1.2.3 => example.net/Fork v1.2.4\n## explicit; go 1.18\nexample.org/lib\n");
        _scratch.Write("work/vendor/example.org/lib/lib.go", "package lib\n\nfunc Greet() { println(\"hello\") }\n");
        await ShellAsync($"""
            export HOME={_scratch.Root} GOFLAGS=-mod=vendor GOPROXY=off CGO_ENABLED=0 GOCACHE={_scratch["cache"]}
            cd work; go build -trimpath -buildvcs=false -ldflags "-s -w -buildid=" -o ../image/usr/bin/tool .
            """);

        var package = Split();

        Assert.Equal(["example.net/Fork", "stdlib"], package.Linked.Select(l => l.Name));
        Assert.Equal("v1.2.4", package.Linked[0].Version);
        Assert.Matches(@"^1\.\d+", package.Linked[1].Version);
        Assert.Empty(package.UnseenLinks);
    }

    [Fact]
    public async Task A_Rust_program_names_the_crates_inside_and_not_those_of_its_build()
    {
        await MakeSysrootAsync();
        var list = """{"packages":[{"name":"serde","version":"1.0.1","source":"crates.io"},{"name":"cc","version":"1.0","source":"crates.io","kind":"build"},{"name":"tool","version":"0.1.0","source":"local","root":true}]}""";
        using (var file = File.Create(_scratch["audit"]))
        using (var compressed = new ZLibStream(file, CompressionMode.Compress)) compressed.Write(Encoding.UTF8.GetBytes(list));
        _scratch.Write("work/main.c", "int main(void) { return 0; }");
        await ShellAsync("mkdir -p image/usr/bin; gcc -static work/main.c -o prog; objcopy --add-section .dep-v0=audit prog image/usr/bin/tool");

        Assert.Equal(["Rust serde  /usr/bin/tool"], Names(Split()));
    }

    [Fact]
    public async Task Crates_of_a_lock_file_count_where_the_linker_took_something_of_them()
    {
        await MakeSysrootAsync();
        _scratch.Write("work/Cargo.lock", """
            version = 3

            [[package]]
            name = "serde-lite"
            version = "1.0.1"
            source = "registry+https://github.com/rust-lang/crates.io-index"
            checksum = "abc"

            [[package]]
            name = "not-linked"
            version = "2.0.0"
            source = "registry+https://github.com/rust-lang/crates.io-index"

            [[package]]
            name = "tool"
            version = "0.1.0"
            """);
        _scratch.Write("work/main.c", "int used(void); int main(void) { return used(); }");
        await ShellAsync("""
            mkdir -p image/usr/bin work/deps
            cp sysroot/usr/lib/libpart.a work/deps/libserde_lite-0123456789abcdef.rlib
            gcc -static -Bbin/ work/main.c work/deps/libserde_lite-0123456789abcdef.rlib -o work/tool; cp work/tool image/usr/bin/tool
            """);

        var crate = Assert.Single(Split(_scratch["work/Cargo.lock"]).Linked, l => l.Kind == LinkKind.Rust);

        Assert.Equal(("serde-lite", "1.0.1", "abc"), (crate.Name, crate.Version, crate.Sum));
    }

    [Theory]
    [InlineData("")]
    [InlineData("OUTPUT(x")]
    [InlineData("Archive member included to satisfy reference by file (symbol)\n\nlib.a(x.o)\n  y.o (z)\n")]
    public void A_map_without_an_output_is_none(string map) => Assert.Null(LinkMap.Read(new StringReader(map)));

    [Fact]
    public void A_map_has_archives_with_members_and_object_files()
    {
        var map = LinkMap.Read(new StringReader("""
            Archive member included to satisfy reference by file (symbol)

            /usr/lib/libc.a(puts.o)       main.o (puts)
            /a (b)/lib.a(x.o)
                                          main.o (x)

            As-needed library included to satisfy reference by file (symbol)

            libm.so.6                     main.o (sin)
            LOAD /usr/lib/crt1.o
            LOAD /usr/lib/libc.a
            LOAD /usr/lib/libunused.a
            OUTPUT(a b elf64-x86-64)
            """));

        Assert.Equal("a b", map!.Output);
        Assert.Equal(["/usr/lib/crt1.o", "/usr/lib/libc.a"], map.Inputs.Where(i => i.StartsWith("/usr", StringComparison.Ordinal)));
    }
}
