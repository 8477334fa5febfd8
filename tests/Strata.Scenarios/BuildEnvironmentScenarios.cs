using System.Net;
using System.Net.Sockets;
using Strata.Core;

namespace Strata.Scenarios;

/// <summary>A pinned root file system instead of the packages of the machine: what the machine has no longer matters.</summary>
public sealed class BuildEnvironmentScenarios(ITestOutputHelper output) : Scenario(output)
{
    /// <summary>A machine on which no package of the distribution is installed, as far as anybody can tell.</summary>
    private static readonly string[] s_otherMachine = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-ec", "mount -t tmpfs none /var/lib/dpkg; exec \"$@\"", "sh"];

    private const string App = "inherit chain\ndo_compile () {\n    ls /usr/bin | sha256sum > ${WORKDIR}/out/lib\n    test ! -e /usr/hidden\n}\n";

    [Fact]
    public async Task Machines_with_other_packages_have_the_same_keys_and_make_the_same_bytes()
    {
        var archive = await ArchiveAsync();
        var pinned = $"file://{archive};sha256sum={Digest.OfFile(archive).Hex}";
        var here = WorkspaceWith(pinned);
        // The same environment under another name: where it lies is no part of its identity.
        var copy = Path.Combine(TemporaryDirectory(), "copy.tar");
        File.Copy(archive, copy);
        var there = WorkspaceWith(pinned.Replace(archive, copy, StringComparison.Ordinal)).Through(s_otherMachine);

        (await here.Strata("build app")).Succeeds();
        (await there.Strata("build app")).Succeeds();

        Assert.Equal(await KeyAsync(here), await KeyAsync(there));
        Assert.Equal(File.ReadAllText(here.PathOf("build/tmp/work/app/1.0/image/app")), File.ReadAllText(there.PathOf("build/tmp/work/app/1.0/image/app")));
        there.Edit("conf/local.conf", _ => "");
        (await there.Strata("build app")).FailsWith(3).Prints("STR1002");
    }

    [Fact]
    public async Task An_image_is_unpacked_layer_by_layer()
    {
        var archive = await ArchiveAsync();
        var layout = Path.Combine(TemporaryDirectory(), "layout");
        var digest = await LayoutAsync(layout, archive);

        (await WorkspaceWith($"oci:{layout}@{digest}").Strata("build app")).Succeeds();
    }

    [Fact]
    public async Task An_image_comes_from_a_registry_by_its_digest_and_once()
    {
        var layout = Path.Combine(TemporaryDirectory(), "layout");
        var digest = await LayoutAsync(layout, await ArchiveAsync());
        using var stop = new CancellationTokenSource();
        var (port, running) = await RegistryAsync(stop.Token);
        await Tool.RunAsync("skopeo", "copy", "--quiet", "--preserve-digests", "--dest-tls-verify=false", $"oci:{layout}", $"docker://127.0.0.1:{port}/team/build:1");
        var workspace = WorkspaceWith($"oci:127.0.0.1:{port}/team/build@{digest}");

        (await workspace.Strata("build app")).Succeeds();
        await stop.CancelAsync();
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        // The registry is gone, what came from it is among the downloads.
        Directory.Delete(workspace.PathOf("build/cache"), recursive: true);
        (await workspace.Strata("build app")).Succeeds();
        workspace.Edit("conf/local.conf", text => text.Replace(digest, "sha256:" + new string('0', 63) + "1", StringComparison.Ordinal));
        (await workspace.Strata("build app")).FailsWith(1);
    }

    [Theory]
    [InlineData("file:///srv/root.tar", "STR1073", 3)]
    [InlineData("oci:example.org/build:latest", "STR1073", 3)]
    [InlineData("file:///nowhere/root.tar;sha256sum=0000000000000000000000000000000000000000000000000000000000000001", "STR1074", 1)]
    [InlineData("file:///etc/hostname;sha256sum=0000000000000000000000000000000000000000000000000000000000000001", "its digest is", 1)]
    public async Task What_is_not_pinned_or_is_something_else_is_refused(string environment, string expected, int exitCode) =>
        (await WorkspaceWith(environment).Strata("build app")).FailsWith(exitCode).Prints(expected);

    private ScenarioWorkspace WorkspaceWith(string environment)
    {
        var workspace = ShellWorkspace(("app", App));
        workspace.Edit("conf/local.conf", _ => $"BUILD_ENVIRONMENT = \"{environment}\"\n");
        return workspace;
    }

    private async Task<(int Port, Task<ProcessOutcome> Running)> RegistryAsync(CancellationToken stop)
    {
        int port;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        var directory = TemporaryDirectory();
        var configuration = Path.Combine(directory, "registry.yml");
        File.WriteAllText(configuration, $"version: 0.1\nlog: {{ level: error }}\nstorage: {{ filesystem: {{ rootdirectory: {directory}/data }} }}\nhttp: {{ addr: '127.0.0.1:{port}' }}\n");
        var running = ProcessRunner.RunAsync(new() { Command = ["docker-registry", "serve", configuration] }, stop);
        for (var tries = 0; !await ListensAsync(port); tries++)
        {
            Assert.True(tries < 500 && !running.IsCompleted, "docker-registry does not start: apt-get install docker-registry");
            await Task.Delay(20, stop);
        }
        return (port, running);
    }

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<string> KeyAsync(ScenarioWorkspace workspace) =>
        (await workspace.Strata("key show app:do_compile")).Succeeds().Text;

    /// <summary>A shell and core utilities, taken from what an ordinary build imports.</summary>
    private async Task<string> ArchiveAsync()
    {
        var workspace = ShellWorkspace(("lib", "inherit chain\n"));
        (await workspace.Strata("build shell")).Succeeds();
        var tree = Directory.EnumerateDirectories(workspace.PathOf("build/cache/artifacts"), "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .First(d => File.Exists(Path.Combine(d, "usr/bin/dash")));
        var archive = Path.Combine(TemporaryDirectory(), "root.tar");
        await Tool.RunAsync("tar", "--create", "-f", archive, "--directory", tree, ".");
        return archive;
    }

    /// <summary>An image of two layers, the second of which hides a file of the first.</summary>
    private async Task<string> LayoutAsync(string layout, string archive)
    {
        var more = TemporaryDirectory();
        Directory.CreateDirectory(Path.Combine(more, "usr"));
        File.WriteAllText(Path.Combine(more, "usr/hidden"), "");
        File.WriteAllText(Path.Combine(more, "usr/.wh.hidden"), "");
        await Tool.RunAsync("tar", "--append", "-f", archive, "--directory", more, "./usr/hidden");
        await Tool.RunAsync("tar", "--create", "--gzip", "-f", archive + ".upper", "--directory", more, "./usr/.wh.hidden");

        Directory.CreateDirectory(Path.Combine(layout, "blobs/sha256"));
        File.WriteAllText(Path.Combine(layout, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        const string Type = "application/vnd.oci.image.";
        var config = Blob(layout, $"{Type}config.v1+json", """{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}""");
        var lower = BlobOf(layout, $"{Type}layer.v1.tar", archive);
        var upper = BlobOf(layout, $"{Type}layer.v1.tar+gzip", archive + ".upper");
        var manifest = Blob(layout, $"{Type}manifest.v1+json", $$"""{"schemaVersion":2,"mediaType":"{{Type}}manifest.v1+json","config":{{config}},"layers":[{{lower}},{{upper}}]}""");
        File.WriteAllText(Path.Combine(layout, "index.json"), $$"""{"schemaVersion":2,"manifests":[{{manifest}}]}""");
        return manifest.Split("\"digest\":\"")[1].Split('"')[0];
    }

    private static string Blob(string layout, string type, string text)
    {
        var file = Path.Combine(layout, "blob");
        File.WriteAllText(file, text);
        return BlobOf(layout, type, file);
    }

    private static string BlobOf(string layout, string type, string file)
    {
        var digest = Digest.OfFile(file);
        var size = new FileInfo(file).Length;
        File.Copy(file, Path.Combine(layout, "blobs/sha256", digest.Hex));
        return $$"""{"mediaType":"{{type}}","digest":"{{digest}}","size":{{size}}}""";
    }
}
