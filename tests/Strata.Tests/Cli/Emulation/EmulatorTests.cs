using Strata.Cli.Emulation;
using Strata.Metadata;

namespace Strata.Tests.Cli.Emulation;

public sealed class EmulatorTests
{
    [Fact]
    public void The_command_line_is_made_of_the_machine_s_variables()
    {
        var emulator = Emulator.Of(Variables(("QB_SYSTEM_NAME", "qemu-system-arm"), ("QB_MACHINE", "-machine virt"), ("QB_KERNEL_CMDLINE_APPEND", "console=ttyAMA0")))!;

        var command = emulator.CommandLine("/k/zImage", "/d/root.ext4", [new(2222, 22), new(8080, 80)], forget: true);

        Assert.Equal(["qemu-system-arm", "-machine", "virt", "-nographic"], command[..4]);
        Assert.Contains("root=/dev/vda rw console=ttyAMA0", command);
        Assert.Contains("file=/d/root.ext4,format=raw,if=virtio,snapshot=on", command);
        Assert.Contains("user,id=net0,hostfwd=tcp:127.0.0.1:2222-:22,hostfwd=tcp:127.0.0.1:8080-:80", command);
    }

    [Fact]
    public void A_disk_with_partitions_says_where_its_root_file_system_is()
    {
        var emulator = Emulator.Of(Variables(("QB_SYSTEM_NAME", "qemu-system-arm"), ("QB_KERNEL_ROOT", "PARTLABEL=rootA"), ("QB_KERNEL_CMDLINE_APPEND", "quiet")))!;

        Assert.Contains("root=PARTLABEL=rootA rw quiet", emulator.CommandLine("/k/zImage", "/d/disk.wic", [], forget: false));
    }

    [Fact]
    public void A_board_has_no_emulator() => Assert.Null(Emulator.Of(Variables(("MACHINE", "raspberrypi4-64"))));

    [Theory]
    [InlineData("2222:22", 2222, 22)]
    [InlineData("1:65535", 1, 65535)]
    public void A_pair_of_ports_is_read(string text, int host, int guest) => Assert.Equal(new(host, guest), PublishedPort.Parse(text));

    [Theory]
    [InlineData("22")]
    [InlineData("0:22")]
    [InlineData("22:65536")]
    [InlineData("127.0.0.1:22:22")]
    [InlineData("+22:22")]
    public void Anything_else_is_refused(string text) => Assert.Null(PublishedPort.Parse(text));

    private static Datastore Variables(params (string Name, string Value)[] values)
    {
        var store = new Datastore();
        foreach (var (name, value) in values) store.Set(name, value);
        return store;
    }
}
