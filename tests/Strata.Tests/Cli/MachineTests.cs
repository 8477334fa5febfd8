using Strata.Cli;

namespace Strata.Tests.Cli;

/// <summary><c>strata build --machine</c> with one machine and with several.</summary>
public sealed class MachineTests : IDisposable
{
    private readonly CliWorkspace _workspace = new();

    public MachineTests() => _workspace.Write("meta-product/recipes-product/disk/disk_1.0.bb", """
        LICENSE = "CLOSED"
        INHIBIT_DEFAULT_DEPS = "1"
        DEPENDS = "app-native"
        do_compile () {
            echo ${MACHINE}
        }

        """);

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Several_machines_are_one_graph_that_shares_what_is_equal()
    {
        var run = (await _workspace.Strata("build -n disk --machine qemux86-64,qemuarm64 --json")).Succeeds();

        run.Prints("\"disk:do_compile\"", "\"mc:qemuarm64:disk:do_compile\"", "\"app-native:do_populate_sysroot\"");
        Assert.DoesNotContain("mc:qemuarm64:app-native:do_populate_sysroot", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_machine_is_as_the_variable_of_the_environment()
    {
        var run = (await _workspace.Strata("build -n disk --machine qemuarm64 --json")).Succeeds();
        Assert.DoesNotContain("mc:", run.Output, StringComparison.Ordinal);
        (await _workspace.Strata("build -n disk --machine qemuarm46")).EndsWith(ExitCode.BadMetadata).Prints("conf/machine/qemuarm46.conf");
    }

    [Fact]
    public async Task A_configuration_that_insists_on_a_machine_is_named()
    {
        _workspace.Write("conf/local.conf", "MACHINE = \"qemux86-64\"\nDISTRO ?= \"strata\"\n");
        (await _workspace.Strata("build -n disk --machine qemux86-64,qemuarm64")).EndsWith(ExitCode.BadMetadata).Prints("STR1037", "conf/local.conf:1", "MACHINE ?=");
    }
}
