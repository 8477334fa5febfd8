using Strata.Packaging;

namespace Strata.Tests.Packaging;

public sealed class ElfFileTests : IDisposable
{
    private const string Library = "int answer(void) { return 42; }";
    private const string Program = "extern int answer(void); int main(void) { return answer(); }";

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("gcc", "x86_64")]
    [InlineData("aarch64-linux-gnu-gcc", "aarch64")]
    [InlineData("arm-linux-gnueabihf-gcc", "arm")]
    [InlineData("riscv64-linux-gnu-gcc", "riscv64")]
    public async Task A_program_and_its_library_are_read_as_the_linker_made_them(string compiler, string architecture)
    {
        Tool.Require(compiler);
        await Tool.CompileAsync(compiler, Library, _scratch["libanswer.so.1"], "-shared", "-fPIC", "-Wl,-soname,libanswer.so.1");
        await Tool.CompileAsync(compiler, Program, _scratch["program"], _scratch["libanswer.so.1"], "-Wl,-rpath,$ORIGIN/../lib");

        var library = ElfFile.Read(_scratch["libanswer.so.1"])!;
        var program = ElfFile.Read(_scratch["program"])!;

        Assert.Equal(ElfMachine.Of(architecture), program.Machine);
        Assert.Equal(architecture, program.Machine.ToString());
        Assert.Equal("libanswer.so.1", library.Soname);
        Assert.False(library.IsProgram);
        Assert.True(program.IsProgram);
        Assert.Equal(["libanswer.so.1", "libc.so.6"], program.Needed.Select(Path.GetFileName));
        Assert.Equal(["$ORIGIN/../lib"], program.RunPaths);
        Assert.StartsWith("/lib", program.Interpreter!, StringComparison.Ordinal);
        Assert.False(program.IsStripped);
        Assert.Null(library.Interpreter);
    }

    [Fact]
    public async Task A_static_program_has_no_dynamic_section_and_stripping_is_seen()
    {
        Tool.Require("gcc", "strip");
        await Tool.CompileAsync("gcc", "int main(void) { return 0; }", _scratch["static"], "-static");
        await Tool.RunAsync("strip", _scratch["static"]);

        var elf = ElfFile.Read(_scratch["static"])!;

        Assert.False(elf.IsDynamic);
        Assert.True(elf.IsProgram);
        Assert.True(elf.IsStripped);
        Assert.Empty(elf.Needed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("#!/bin/sh\necho hello\n")]
    [InlineData("\u007fELF")]
    [InlineData("\u007fELFxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    public void What_is_not_an_ELF_file_gives_nothing(string text) =>
        Assert.Null(ElfFile.Read(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(text))));

    [Fact]
    public async Task No_damaged_file_brings_the_reader_down()
    {
        Tool.Require("gcc");
        await Tool.CompileAsync("gcc", Library, _scratch["lib.so"], "-shared", "-fPIC", "-Wl,-soname,lib.so.1");
        var good = await File.ReadAllBytesAsync(_scratch["lib.so"], TestContext.Current.CancellationToken);
        var dynamicAt = (int)BitConverter.ToInt64(good, 64 + 56 * DynamicSegment(good) + 8);
        var random = new Random(20190);

        for (var round = 0; round < 5000; round++)
        {
            var bad = (byte[])good.Clone();
            for (var i = random.Next(1, 8); i > 0; i--)
            {
                var at = random.Next(4) switch { 0 => random.Next(64), 1 => 64 + random.Next(56 * 12), 2 => dynamicAt + random.Next(400), _ => random.Next(bad.Length) };
                bad[Math.Min(at, bad.Length - 1)] = (byte)(random.Next(3) switch { 0 => 0xff, 1 => 0, _ => random.Next(256) });
            }
            if (round % 3 == 0) bad = bad[..random.Next(bad.Length)];

            _ = ElfFile.Read(new MemoryStream(bad));
        }
    }

    private static int DynamicSegment(byte[] file) => Enumerable.Range(0, 20).First(i => BitConverter.ToInt32(file, 64 + 56 * i) == 2);
}
