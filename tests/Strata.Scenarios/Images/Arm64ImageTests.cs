namespace Strata.Scenarios.Images;

/// <summary>The cross-built programs run, each one from inside the root file system, under QEMU's user emulation.</summary>
public sealed class Arm64ImageTests(Arm64Image image) : IClassFixture<Arm64Image>
{
    [Theory]
    [InlineData("aarch64", "/bin/busybox", "uname", "-m")]
    [InlineData("42", "/bin/sh", "-c", "echo $((6 * 7))")]
    [InlineData("hello from Lua 5.4", "/usr/bin/lua", "-e", "print('hello from ' .. _VERSION)")]
    [InlineData("1|x", "/usr/bin/sqlite3", ":memory:", "create table t(a, b); insert into t values (1, 'x'); select * from t")]
    [InlineData("OpenSSL 3.0", "/usr/bin/openssl", "version")]
    [InlineData("SHA2-256(/etc/hostname)=", "/usr/bin/openssl", "dgst", "-sha256", "/etc/hostname")]
    [InlineData("https", "/usr/bin/curl", "--version")]
    [InlineData("Dropbear v2022.83", "/usr/sbin/dropbear", "-V")]
    public async Task A_program_of_the_image_runs(string expected, params string[] command) =>
        Assert.Contains(expected, await InsideAsync(command), StringComparison.Ordinal);

    [Fact]
    public async Task The_ssh_server_can_make_its_host_key() =>
        Assert.Contains("ssh-ed25519", await InsideAsync("/usr/bin/dropbearkey", "-t", "ed25519", "-f", "/tmp/key"), StringComparison.Ordinal);

    [Fact]
    public async Task Every_program_finds_its_libraries()
    {
        foreach (var program in Directory.EnumerateFiles(Path.Combine(image.Rootfs, "usr/bin")).Where(f => new FileInfo(f).LinkTarget is null))
        {
            var needed = await Tool.TryAsync("readelf", "-d", program);
            foreach (var line in needed.Output.Split('\n').Where(l => l.Contains("(NEEDED)", StringComparison.Ordinal)))
            {
                var library = line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..line.IndexOf(']', StringComparison.Ordinal)];
                Assert.True(Path.Exists(Path.Combine(image.Rootfs, "usr/lib", library)), $"{program} needs {library}");
            }
        }
    }

    private Task<string> InsideAsync(params string[] command) => Tool.RunAsync(
    [
        "bwrap", "--unshare-all", "--uid", "0", "--gid", "0", "--bind", image.Rootfs, "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp",
        "--ro-bind", "/usr/bin/qemu-aarch64-static", "/run/qemu", "--clearenv", "--setenv", "PATH", "/usr/bin:/usr/sbin", "--", "/run/qemu", .. command,
    ]);
}
