using Strata.Core;

namespace Strata.Scenarios;

/// <summary>Same inputs, same bytes: whoever builds, and wherever.</summary>
public sealed class ReproducibilityScenarios(ITestOutputHelper output) : Scenario(output)
{
    private const string Nobody = "65534";
    private const string Images = "build/tmp/deploy/images/qemuarm64";

    /// <summary>Every form there is, so that a new one is checked as well; the disk has a hash tree over its root file system.</summary>
    private const string Forms = "oci tar squashfs ext4 erofs cpio wic wic.bmap tar.xz tar.zst squashfs.gz ext4.zst erofs.gz cpio.gz cpio.xz wic.xz";

    [Fact]
    public async Task Two_users_in_two_directories_on_one_core_and_on_many_get_the_same_images()
    {
        var mine = Workspace("", "taskset", "--cpu-list", "0");
        var theirs = Workspace("a/much/longer/place/for/a/build");
        if (Environment.UserName == "root") theirs = await OwnedByNobodyAsync(theirs);

        (await mine.Strata("build hello-image -j 1")).Succeeds();
        (await theirs.Strata("build hello-image")).Succeeds();

        var deployed = Deployed(mine);
        Assert.Equal(deployed, Deployed(theirs));
        foreach (var form in Forms.Split(' ').Except(["oci", "tar", "tar.xz", "tar.zst"]).Concat(["rootfs.tar.gz", "rootfs.tar.xz", "rootfs.tar.zst", "roothash"]))
            Assert.Contains($"hello-image-qemuarm64.{form}", deployed.Keys);
        Assert.Contains("hello-image-qemuarm64.oci/index.json", deployed.Keys);
        await CheckWithTheirToolsAsync(mine.PathOf($"{Images}/hello-image-qemuarm64"));
    }

    private static async Task CheckWithTheirToolsAsync(string image)
    {
        await Tool.RunAsync("fsck.erofs", image + ".erofs");
        await Tool.RunAsync("e2fsck", "-fn", image + ".ext4");
        Assert.Contains("usr/bin/hello", await Tool.RunAsync("sh", "-c", $"cpio -t < {image}.cpio"), StringComparison.Ordinal);
        Assert.Contains("No problems found", await Tool.RunAsync("sgdisk", "-v", image + ".wic"), StringComparison.Ordinal);
        await CheckCapabilitiesAsync(image);
        var hash = File.ReadAllText(image + ".roothash").Split(' ')[0];
        const string verify = """
            part() { sfdisk --dump "$1" | sed -n "s/.*start= *\([0-9]*\), size= *\([0-9]*\),.*name=\"$2\".*/\1 \2/p"; }
            for name in root root-hashes; do
                set -- "$1" "$2" $(part "$1" $name)
                dd if="$1" of="$1.$name" bs=512 skip=$3 count=$4 status=none
            done
            veritysetup verify "$1.root" "$1.root-hashes" "$2" || exit
            printf x | dd of="$1.root" bs=1 seek=5000 conv=notrunc status=none
            ! veritysetup verify "$1.root" "$1.root-hashes" "$2" 2> /dev/null
            """;
        await Tool.RunAsync("sh", "-c", verify.ReplaceLineEndings("\n"), "sh", image + ".wic", hash);
    }

    /// <summary>What a program may do stands in every form that has a place for it.</summary>
    private static async Task CheckCapabilitiesAsync(string image)
    {
        Assert.Contains("security.capability (20) = 01 00 00 02 00 20 00", await Tool.RunAsync("debugfs", "-R", "ea_list /usr/bin/hello", image + ".ext4"), StringComparison.Ordinal);
        Assert.Contains("Xattr size: 48", await Tool.RunAsync("dump.erofs", "--path=/usr/bin/hello", image + ".erofs"), StringComparison.Ordinal);
        Assert.Contains("hello cap_net_raw=ep", await Tool.RunAsync("unshare", "--user", "--map-root-user", "sh", "-ec",
            $"unsquashfs -q -no-progress -d {image}.unpacked {image}.squashfs usr/bin/hello > /dev/null; getcap {image}.unpacked/usr/bin/hello; rm -r {image}.unpacked"), StringComparison.Ordinal);
        Assert.Contains("SCHILY.xattr.security.capability", await Tool.RunAsync("sh", "-c", $"gzip -dc {image}.rootfs.tar.gz | grep -a -o -m1 SCHILY.xattr.security.capability"), StringComparison.Ordinal);
    }

    private static SortedDictionary<string, Digest> Deployed(ScenarioWorkspace workspace)
    {
        var images = workspace.PathOf(Images);
        return new(Directory.EnumerateFiles(images, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(images, f), Digest.OfFile), StringComparer.Ordinal);
    }

    private ScenarioWorkspace Workspace(string below, params ReadOnlySpan<string> prefix)
    {
        var top = Path.Combine(TemporaryDirectory(), below);
        Directory.CreateDirectory(Path.Combine(top, "conf"));
        File.WriteAllText(Path.Combine(top, "conf/bblayers.conf"),
            $"BBPATH = \"${{TOPDIR}}\"\nBBFILES ?= \"\"\nBBLAYERS = \"{Checkout.Path("meta-core")} {Checkout.Path("meta-examples")}\"\n");
        File.WriteAllText(Path.Combine(top, "conf/local.conf"), $"""
            MACHINE ?= "qemuarm64"
            DISTRO ?= "strata"
            IMAGE_FSTYPES:forcevariable = "{Forms}"
            OCI_LAYERS = "packages"
            OCI_LAYER_COMPRESSION = "zstd"
            WKS_FILE = "disk-verity.wks"
            WIC_ROOTFS_TYPES = "squashfs"
            WIC_DEPENDS = ""
            IMAGE_BOOT_FILES = ""
            FILE_OWNERS:pn-hello = "/usr/bin/hello root:root 0755 cap_net_raw+ep"

            """);
        return new(top, TestContext.Current.TestOutputHelper) { Prefix = [.. prefix] };
    }

    /// <summary>The same workspace, worked in by an ordinary user with another umask.</summary>
    private static async Task<ScenarioWorkspace> OwnedByNobodyAsync(ScenarioWorkspace workspace)
    {
        var root = new DirectoryInfo(workspace.Top);
        while (!root.Name.StartsWith("strata-scenario-", StringComparison.Ordinal)) root = root.Parent!;
        await Tool.RunAsync("chown", "-R", $"{Nobody}:{Nobody}", root.FullName);
        return new(workspace.Top, TestContext.Current.TestOutputHelper)
        {
            Prefix = ["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "sh", "-c", "umask 077; exec \"$@\"", "sh"],
            Environment = { ["HOME"] = workspace.Top, ["USER"] = "nobody", ["LANG"] = "C", ["TZ"] = "Asia/Tokyo" },
        };
    }
}
