using Strata.Core;

namespace Strata.Scenarios.Images;

/// <summary>target-image as a disk with a partition table: whole, by the judgement of others, and it boots from its root partition.</summary>
public sealed class DiskImageScenarios(ITestOutputHelper output) : Scenario(output)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_machine_boots_from_the_root_partition_of_the_disk()
    {
        var workspace = Workspace();

        (await workspace.Strata("build target-image")).Succeeds();

        var images = workspace.PathOf("build/tmp/deploy/images/qemux86-64");
        var disk = Path.Combine(images, "target-image-qemux86-64.wic");
        await Tool.RunAsync("bmaptool", "-q", "copy", disk, workspace.PathOf("written"));
        Assert.Equal(Digest.OfFile(disk), Digest.OfFile(workspace.PathOf("written")));
        Assert.Contains("bzImage", await Tool.RunAsync("mdir", "-b", "-i", $"{disk}@@1M", "::/"), StringComparison.OrdinalIgnoreCase);
        await BootAsync(Path.Combine(images, "bzImage"), workspace.PathOf("written"));
    }

    private static async Task BootAsync(string kernel, string disk)
    {
        var console = new SerialConsole();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var machine = ProcessRunner.RunAsync(new()
        {
            Command = ["qemu-system-x86_64", "-machine", "q35", "-m", "256", "-nographic", "-no-reboot", "-kernel", kernel,
                "-append", "root=PARTLABEL=root rw console=ttyS0 panic=-1", "-drive", $"file={disk},format=raw,if=virtio"],
            ReadOutput = console.Read,
            WriteInput = console.Write,
        }, end.Token);
        var login = console.WaitForAsync("login: ", s_patience, end.Token);
        if (await Task.WhenAny(machine, login) == machine) Assert.Fail(console.Text);
        await login;
        console.Send("root");
        await console.WaitForAsync("# ", s_patience, end.Token);
        console.Send("cat /sys/class/block/vda2/uevent; poweroff");
        console.HangUp();
        await machine;
        Assert.Contains("PARTNAME=root", console.Text, StringComparison.Ordinal);
    }

    /// <summary>The checkout's own configuration and store, so that nothing is built but the disk.</summary>
    private ScenarioWorkspace Workspace()
    {
        var top = TemporaryDirectory();
        Directory.CreateDirectory(Path.Combine(top, "conf"));
        File.WriteAllText(Path.Combine(top, "conf/bblayers.conf"), $"BBPATH = \"${{TOPDIR}}\"\nBBFILES ?= \"\"\nBBLAYERS = \"{Checkout.Path("meta-core")} {Checkout.Path("meta-examples")}\"\n");
        File.WriteAllText(Path.Combine(top, "conf/local.conf"), File.ReadAllText(Checkout.Path("conf/local.conf")) + "\nIMAGE_FSTYPES:forcevariable = \"wic wic.bmap\"\nSBOM_FORMATS = \"\"\n");
        return new(top, TestContext.Current.TestOutputHelper)
        {
            Environment = { ["MACHINE"] = "qemux86-64", ["SSTATE_DIR"] = Checkout.Path("build/cache"), ["DL_DIR"] = Checkout.Path("build/downloads") },
        };
    }
}
