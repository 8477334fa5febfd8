using System.Diagnostics;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Execution;

/// <summary>Install scripts that believe to be root: what they made of owners, devices and capabilities ends up in the package.</summary>
public sealed class FakerootTests : IDisposable
{
    private const string Install = """
        inherit chain
        do_install[cleandirs] = "${D}"
        fakeroot do_install () {
            mkdir -p ${D}/usr/bin ${D}/dev ${D}/var/www
            echo program > ${D}/usr/bin/ping.new
            chmod 4755 ${D}/usr/bin/ping.new
            setcap cap_net_raw,cap_net_admin+ep ${D}/usr/bin/ping.new
            mv ${D}/usr/bin/ping.new ${D}/usr/bin/ping
            mknod -m 0620 ${D}/dev/console c 5 1
            chown 33:34 ${D}/var/www
            chown root:nogroup ${D}/usr/bin/ping
            ln -s ping ${D}/usr/bin/ping6
            chown -h 7:7 ${D}/usr/bin/ping6
        }
        """;

    private readonly BuildWorkspace _workspace = new();
    private readonly Diagnostics _diagnostics = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task What_the_script_made_is_what_the_package_has()
    {
        var files = await PackageAsync(Install, OwnershipTable.Empty);

        Assert.Equal(
        [
            "/dev Directory root:root 755 0:0 ", "/dev/console CharacterDevice root:root 620 5:1 ",
            "/usr Directory root:root 755 0:0 ", "/usr/bin Directory root:root 755 0:0 ",
            "/usr/bin/ping File root:65534 4755 0:0 cap_net_admin,cap_net_raw+ep", "/usr/bin/ping6 SymbolicLink 7:7 777 0:0 ",
            "/var Directory root:root 755 0:0 ", "/var/www Directory 33:34 755 0:0 ",
        ], files);
        Assert.Empty(_diagnostics.Sorted());
    }

    [Fact]
    public async Task What_is_declared_beats_it()
    {
        var declared = OwnershipTable.Parse("/usr/bin/ping daemon:daemon 0755 cap_setuid=ip\n/var/www - -", default, _diagnostics);
        Assert.Equal("STR6016", Assert.Single(_diagnostics.Sorted()).Rule.Code);

        Assert.Contains("/usr/bin/ping File daemon:daemon 755 0:0 cap_setuid+ip", await PackageAsync(Install, declared));
    }

    [Fact]
    public async Task A_script_without_fakeroot_leaves_no_record_of_an_earlier_one()
    {
        _ = await PackageAsync(Install, OwnershipTable.Empty);

        var files = await PackageAsync("inherit chain\ndo_install () {\n    install -d ${D}/var/www\n}\n", OwnershipTable.Empty);

        Assert.Equal(["/var Directory root:root 755 0:0 ", "/var/www Directory root:root 755 0:0 "], files);
    }

    [Fact]
    public async Task Accounts_that_the_recipe_declares_can_be_named_and_stay_names()
    {
        const string Declared = """
            inherit chain
            do_install[cleandirs] = "${D}"
            do_install[users] = "web"
            do_install[groups] = "media"
            fakeroot do_install () {
                mkdir -p ${D}/var/www ${D}/var/media ${D}/var/mail
                chown web: ${D}/var/www
                chown -R web:media ${D}/var/media
                chown root:mail ${D}/var/mail
                ! chown stranger ${D}/var/mail
            }
            """;

        Assert.Equal(
            ["/var Directory root:root 755 0:0 ", "/var/mail Directory root:8 755 0:0 ", "/var/media Directory web:media 755 0:0 ", "/var/www Directory web:web 755 0:0 "],
            await PackageAsync(Declared, OwnershipTable.Empty));
    }

    [Fact]
    public async Task A_failing_script_fails_the_task()
    {
        _ = _workspace.Recipe("a", "inherit chain\nfakeroot do_install () {\n    chown 1:1 ${D}\n    false\n    touch ${D}/after\n}\n");

        Assert.Equal(["a:do_install"], (await _workspace.BuildAsync("a")).Failed);
    }

    private async Task<string[]> PackageAsync(string recipe, OwnershipTable declared)
    {
        _ = _workspace.Recipe("a", recipe);
        var outcome = await _workspace.BuildAsync("a");
        Assert.True(outcome.Succeeded, string.Join('\n', _workspace.Events));
        var installed = _workspace.Work("a", "image");
        var output = _workspace.PathOf($"packages-{Stopwatch.GetTimestamp()}");
        var list = PackageSplitter.Split(new()
        {
            InstallTree = installed, OutputDirectory = output, Recipe = "a", Version = "1.0", License = "MIT", PackageArchitecture = "all",
            Packages = [new() { Name = "a", Files = ["/usr", "/dev", "/var"] }], Ownership = declared, Record = InstallRecord.Read(installed + ".owners"), Qa = QaPolicy.Parse("", "", ""),
        }, _diagnostics, TestContext.Current.CancellationToken);
        return [.. list!.Packages.Single().Files.Select(f => $"{f.Path} {f.Kind} {f.User}:{f.Group} {Convert.ToString(f.Mode, 8)} {f.DeviceMajor}:{f.DeviceMinor} {f.Capabilities}")];
    }
}
