using System.Globalization;

namespace Strata.Scenarios.Images;

/// <summary>A booted image does what a device is expected to: its services run, and ssh lets in who has the key.</summary>
public abstract class BootTests(BootedMachine machine, string architecture)
{
    [Fact]
    public async Task The_kernel_is_ours()
    {
        Assert.Contains("Linux strata 6.1.", await machine.TypeAsync("uname -snr"), StringComparison.Ordinal);
        Assert.Contains(architecture, await machine.TypeAsync("uname -m"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_services_of_the_image_are_running()
    {
        Assert.Contains("PONG", await machine.TypeAsync("redis-cli ping"), StringComparison.Ordinal);
        Assert.StartsWith("redis ", await machine.TypeAsync("ps -o user,comm | grep redis-server"), StringComparison.Ordinal);
        Assert.Contains("10.0.2.15", await machine.TypeAsync("ip -4 addr show eth0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ssh_lets_in_who_has_the_key_and_nobody_else()
    {
        var directory = Directory.CreateTempSubdirectory("strata-ssh-").FullName;
        try
        {
            var key = Path.Combine(directory, "key");
            await Tool.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key);
            Assert.False((await SshAsync(key)).Succeeded);

            await machine.TypeAsync($"mkdir -p -m 700 /root/.ssh; echo '{File.ReadAllText(key + ".pub").Trim()}' > /root/.ssh/authorized_keys");

            var inside = await SshAsync(key);
            Assert.True(inside.Succeeded, inside.Error);
            Assert.Equal(architecture, inside.Output.Trim());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        Task<Core.ProcessOutcome> SshAsync(string key) => Tool.TryAsync(
            "ssh", "-i", key, "-p", machine.SshPort.ToString(CultureInfo.InvariantCulture), "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes",
            "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "ConnectTimeout=60", "root@127.0.0.1", "uname", "-m");
    }
}

public sealed class Arm64BootTests(BootedArm64 machine) : BootTests(machine, "aarch64"), IClassFixture<BootedArm64>;

public sealed class X64BootTests(BootedX64 machine) : BootTests(machine, "x86_64"), IClassFixture<BootedX64>;
