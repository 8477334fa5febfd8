namespace Strata.Scenarios.Images;

/// <summary>device-image of meta-examples: boots from its first slot, and knows the other one.</summary>
public sealed class DeviceTests(BootedDevice device) : IClassFixture<BootedDevice>
{
    [Fact]
    public async Task The_first_slot_runs_and_the_second_one_can_be_written()
    {
        Assert.Equal("A\r\n", await device.TypeAsync("slot"));
        Assert.Equal("/dev/vda3\r\n", await device.TypeAsync("slot device rootB"));
        await device.TypeAsync("echo update | slot write");
        Assert.Equal("update\r\n", await device.TypeAsync("head -n 1 /dev/vda3"));
        Assert.Contains("/dev/vda4 on /data type ext4", await device.TypeAsync("mount"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_module_of_a_recipe_is_loaded_at_boot()
    {
        Assert.Contains("greeting", await device.TypeAsync("lsmod"), StringComparison.Ordinal);
        Assert.Contains("hello from a module", await device.TypeAsync("dmesg | grep greeting"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ssh_server_answers() =>
        Assert.Contains("SSH-2.0-dropbear", await device.TypeAsync("echo | nc 127.0.0.1 22 | head -n 1"), StringComparison.Ordinal);
}
