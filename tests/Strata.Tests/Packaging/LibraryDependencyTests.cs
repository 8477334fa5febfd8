using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

/// <summary>Two recipes made of real ELF files: a library and a program that needs it.</summary>
public sealed class LibraryDependencyTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly Diagnostics _diagnostics = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_program_depends_on_the_package_that_has_its_library()
    {
        await BuildLibraryAsync();
        await BuildProgramAsync();

        Split("answer", []);
        var program = Split("program", [_scratch["out-answer"]])!.Packages.Single();

        Assert.Equal([new LibraryRequirement("libanswer.so.1", "answer", "1.0")], program.LibraryRequires);
        Assert.Equal("answer (>= 1.0)", Assert.Single(program.AutomaticDepends).ToString());
        Assert.Single(program.Interpreters);
        Assert.Equal([new SharedLibrary("libanswer.so.1", "/usr/lib/libanswer.so.1")], PackageList.Read(_scratch["out-answer"]).Packages[0].LibraryProvides);
    }

    [Fact]
    public async Task A_library_that_nobody_provides_is_an_error_that_names_the_way_out()
    {
        await BuildLibraryAsync();
        await BuildProgramAsync();

        Assert.Null(Split("program", []));

        var error = Assert.Single(_diagnostics.Sorted());
        Assert.Equal("STR6002", error.Rule.Code);
        Assert.Equal("add the recipe that provides libanswer.so.1 to DEPENDS", error.Hint);
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("aarch64-linux-gnu-gcc")]
    [InlineData("arm-linux-gnueabihf-gcc")]
    [InlineData("riscv64-linux-gnu-gcc")]
    public async Task Version_symbols_are_read_as_readelf_reads_them(string compiler)
    {
        Tool.Require(compiler, "readelf");
        _scratch.Write("versions", "V1 { global: f; }; V2 { global: g; } V1;");
        await Tool.CompileAsync(compiler, "int f(void) { return 1; } int g(void) { return 2; }", _scratch["libv.so.1"], "-shared", "-fPIC", "-nostdlib", "-Wl,-soname,libv.so.1", $"-Wl,--version-script={_scratch["versions"]}");
        await Tool.CompileAsync(compiler, "int g(void); int f(void); extern int h(void) __attribute__((weak)); void _start(void) { g(); f(); }", _scratch["program"], "-nostdlib", _scratch["libv.so.1"]);

        Assert.Equal(["V1", "V2"], ElfFile.Read(_scratch["libv.so.1"])!.DefinedVersions);
        Assert.Equal([new("libv.so.1", "V1"), new("libv.so.1", "V2")], ElfFile.Read(_scratch["program"])!.NeededVersions.OrderBy(v => v.Name, StringComparer.Ordinal));
        Assert.Contains("Name: V2", await Tool.RunAsync("readelf", "--version-info", "--wide", _scratch["program"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Descriptions_for_pkg_config_and_first_lines_of_scripts_make_dependencies()
    {
        _scratch.Write("d-zlib/usr/lib/pkgconfig/zlib.pc", "Name: zlib\n");
        _scratch.Write("d-python/usr/bin/python3", "", 0b111_101_101);
        _scratch.Write("d-tool/usr/share/pkgconfig/tool.pc", "other=inner\n# Requires: comment\nRequires: zlib >= 1.2, ${other}\nRequires.private: \\\n  tool-data\n");
        _scratch.Write("d-tool/usr/share/pkgconfig/inner.pc", "");
        _scratch.Write("d-tool/usr/lib/pkgconfig/tool-data.pc", "");
        _scratch.Write("d-tool/usr/bin/script", "#!/usr/bin/env python3\n", 0b111_101_101);
        _scratch.Write("d-tool/usr/bin/shell", "#!/bin/sh\n", 0b111_101_101);
        Split("zlib", []);
        Split("python", []);

        var tool = Split("tool", [_scratch["out-zlib"], _scratch["out-python"]])!.Packages.Single();

        Assert.Equal(["python", "zlib"], tool.AutomaticDepends.Select(d => d.ToString()));
        Assert.Empty(_diagnostics.Sorted());
    }

    [Fact]
    public async Task A_program_for_another_machine_is_refused()
    {
        Tool.Require("gcc");
        await Tool.CompileAsync("gcc", "int main(void) { return 0; }", _scratch["d-tool/usr/bin/tool"], "-static");

        Assert.Null(Split("tool", [], "aarch64"));

        Assert.Equal("'/usr/bin/tool' of package 'tool' is for x86_64, the target is aarch64 [arch]", Assert.Single(_diagnostics.Sorted()).Message);
    }

    [Theory]
    [InlineData("/build/sysroot/usr/lib", "STR6004")]
    [InlineData("lib", "STR6004")]
    [InlineData("/usr/lib", "STR6009")]
    public async Task Run_paths_that_are_unsafe_or_useless_are_found(string runPath, string code)
    {
        Tool.Require("gcc");
        await Tool.CompileAsync("gcc", "int answer;", _scratch["d-tool/usr/lib/libx.so.1"], "-shared", "-nostdlib", $"-Wl,-rpath,{runPath}");

        Split("tool", []);

        Assert.Contains(_diagnostics.Sorted(), d => d.Rule.Code == code);
    }

    [Fact]
    public void Development_files_in_the_wrong_package_are_pointed_out()
    {
        _scratch.Link("d-tool/usr/lib/libx.so", "libx.so.1");
        _scratch.Write("d-tool/usr/lib/libx.a", "!<arch>\n");

        Split("tool", []);

        Assert.Equal(["STR6005", "STR6007"], _diagnostics.Sorted().Select(d => d.Rule.Code));
    }

    [Fact]
    public async Task The_strip_plan_lists_each_file_once_with_its_kind()
    {
        Tool.Require("strip");
        await BuildLibraryAsync();
        await BuildProgramAsync();
        await Tool.RunAsync("ln", _scratch["d-program/usr/bin/program"], _scratch["d-program/usr/bin/program-twin"]);
        _scratch.Write("d-program/usr/lib/libx.a", "!<arch>\n");
        _scratch.Write("d-program/usr/bin/script", "#!/bin/sh\n");

        var plan = StripPlan.Of(_scratch["d-program"], TestContext.Current.CancellationToken);

        Assert.Equal([new("/usr/bin/program", StripKind.Executable, false), new("/usr/lib/libx.a", StripKind.StaticLibrary, false)], plan.Entries);
        Assert.Equal(StripKind.SharedLibrary, Assert.Single(StripPlan.Of(_scratch["d-answer"], TestContext.Current.CancellationToken).Entries).Kind);

        await Tool.RunAsync(["strip", .. plan.Entries[0].Arguments, _scratch["d-program/usr/bin/program"]]);
        Assert.Equal(StripKind.StaticLibrary, Assert.Single(StripPlan.Of(_scratch["d-program"], TestContext.Current.CancellationToken).Entries).Kind);
    }

    private async Task BuildLibraryAsync()
    {
        Tool.Require("gcc");
        await Tool.CompileAsync("gcc", "int answer(void) { return 42; }", _scratch["d-answer/usr/lib/libanswer.so.1"],
            "-shared", "-fPIC", "-nostdlib", "-Wl,-soname,libanswer.so.1");
    }

    private Task BuildProgramAsync() => Tool.CompileAsync("gcc", "extern int answer(void); void _start(void) { answer(); }",
        _scratch["d-program/usr/bin/program"], "-nostdlib", _scratch["d-answer/usr/lib/libanswer.so.1"]);

    private PackageList? Split(string recipe, string[] dependencies, string target = "x86_64") => PackageSplitter.Split(new()
    {
        InstallTree = _scratch[$"d-{recipe}"],
        OutputDirectory = _scratch[$"out-{recipe}"],
        Recipe = recipe,
        Version = "1.0",
        License = "MIT",
        PackageArchitecture = target,
        TargetArchitecture = target,
        Packages = [new() { Name = recipe, Files = ["/"] }],
        DependencyArtifacts = [.. dependencies],
    }, _diagnostics, TestContext.Current.CancellationToken);
}
