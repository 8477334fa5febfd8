using System.Formats.Tar;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Tests.Packaging;

/// <summary>Scripts of packages that run while an image is made.</summary>
public sealed partial class RootfsBuilderTests
{
    [Fact]
    public async Task A_script_that_can_run_changes_the_image_and_one_that_cannot_waits_for_the_first_boot()
    {
        _scratch.Write("d-app/etc/app.conf", "old\n", 0b110_100_000);
        _scratch.Write("d-app/etc/removed", "r");
        _scratch.Write("d-app/usr/bin/app", "program", 0b100_111_101_101);
        _scratch.Link("d-app/etc/link", "app.conf");
        await Tool.RunAsync("ln", _scratch["d-app/usr/bin/app"], _scratch["d-app/usr/bin/twin"]);
        Recipe("app", new PackageSpec
        {
            Name = "app", Files = ["/"], Depends = "lib",
            Scripts = Script("postinst", """
                set -e
                echo new > $D/etc/app.conf
                rm $D/etc/removed
                ln -sf other $D/etc/link
                mkdir -m 700 $D/var && echo index > $D/var/index
                """).Add("postinst_ontarget", "echo target"),
        }, OwnershipTable.Parse("/usr/bin/app root:root 4755\n/usr/bin/twin root:root 4755", default, _diagnostics));
        Recipe("lib", new PackageSpec { Name = "lib", Files = ["/"], Scripts = Script("postinst", "test -z \"$D\"") });

        var builder = RootfsBuilder.Begin(Request("app"), _diagnostics)!;
        Assert.Equal(["lib", "app"], builder.Scripts.Select(s => s.Package));
        builder.UnpackForScripts(_scratch["tree"], TestContext.Current.CancellationToken);
        var configured = new List<string>();
        foreach (var script in builder.Scripts)
        {
            var outcome = await ProcessRunner.RunAsync(new() { Command = ["env", $"D={_scratch["tree"]}", _scratch.Write("script", script.Text, 0b111_101_101), "configure"] }, TestContext.Current.CancellationToken);
            if (outcome.Succeeded) configured.Add(script.Package);
        }
        builder.TakeBack(TestContext.Current.CancellationToken);
        var rootfs = builder.Finish(configured, _diagnostics, TestContext.Current.CancellationToken);

        Assert.True(rootfs is not null, string.Join('\n', _diagnostics.Sorted()));
        Assert.Equal(["app"], configured);
        var entries = Entries();
        Assert.Equal("new\n", Content(entries["etc/app.conf"]));
        Assert.Equal(0b110_100_000, (int)entries["etc/app.conf"].Mode);
        Assert.Equal("other", entries["etc/link"].LinkName);
        Assert.DoesNotContain("etc/removed", entries.Keys);
        Assert.Equal("index\n", Content(entries["var/index"]));
        Assert.Equal(0b111_000_000, (int)entries["var/"].Mode);
        Assert.Equal(0b100_111_101_101, (int)entries["usr/bin/app"].Mode);
        Assert.Equal((TarEntryType.HardLink, "usr/bin/app"), (entries["usr/bin/twin"].EntryType, entries["usr/bin/twin"].LinkName));
        Assert.Equal(["etc/postinsts/100-lib", "etc/postinsts/101-app"], entries.Keys.Where(k => k.StartsWith("etc/postinsts/1", StringComparison.Ordinal)));
        Assert.Contains("test -z", Content(entries["etc/postinsts/100-lib"]), StringComparison.Ordinal);
        Assert.Equal("#!/bin/sh\nset -e\necho target\n", Content(entries["etc/postinsts/101-app"]));
        Assert.Equal(["/var", "/var/index"], rootfs.Generated.Select(f => f.Path).Where(p => p.StartsWith("/var", StringComparison.Ordinal)));
        Assert.False(Directory.Exists(_scratch["tree"]));
    }

    [Fact]
    public void A_read_only_image_takes_a_script_that_has_run()
    {
        Recipe("app", new PackageSpec { Name = "app", Files = ["/"], Scripts = Script("postinst", "true") });

        Assert.NotNull(RootfsBuilder.Begin(Request("app") with { Features = ["read-only-rootfs"] }, _diagnostics)!
            .Finish(["app"], _diagnostics, TestContext.Current.CancellationToken));
        Assert.DoesNotContain(Entries().Keys, k => k.Contains("postinsts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("script-interpreter", null, null, "STR6053")]
    [InlineData("script-interpreter", "script-interpreter", "", "STR6053")]
    [InlineData("script-interpreter", "", "", null)]
    public void A_layer_decides_how_loud_the_checks_of_an_image_are(string check, string? errors, string? warnings, string? code)
    {
        _scratch.Write("d-app/usr/bin/report", "#!/usr/bin/perl\n", 0b111_101_101);
        Recipe("app");

        var rootfs = Build(Request("app") with { Qa = QaPolicy.Parse(errors, warnings, null) });

        Assert.Equal(code, _diagnostics.Sorted().SingleOrDefault()?.Rule.Code);
        if (code is not null) Assert.EndsWith($"[{check}]", _diagnostics.Sorted().Single().Message, StringComparison.Ordinal);
        Assert.Equal(errors == check, rootfs is null);
    }
}
