using System.Text.Json.Nodes;
using Strata.Core;

namespace Strata.Scenarios.Images;

/// <summary>The x86-64 image runs as a container: unpacked by umoci, started by crun.</summary>
public sealed class X64ImageTests(X64Image image) : IClassFixture<X64Image>
{
    [Fact]
    public async Task The_container_starts_and_its_shell_works()
    {
        var output = await RunContainerAsync("/bin/sh", "-c", "id -u; uname -m; test -w /tmp && echo tmp; hostname; cat /etc/os-release; ls /etc/resolv.conf");

        Assert.Contains("0\nx86_64\ntmp\n", output, StringComparison.Ordinal);
        Assert.Contains("ID=strata", output, StringComparison.Ordinal);
        Assert.Contains("/etc/resolv.conf", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tls_client_talks_to_a_tls_server_inside()
    {
        const string script = """
            cd /tmp
            openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out cert -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null
            openssl s_server -key key -cert cert -accept 127.0.0.1:18443 -www >/dev/null 2>&1 &
            for i in 1 2 3 4 5 6 7 8 9 10; do curl -s --cacert cert https://localhost:18443/ > page && break; sleep 0.3; done
            grep -c s_server page
            """;

        Assert.NotEqual("0", (await RunContainerAsync("/bin/sh", "-c", script)).Trim());
    }

    private async Task<string> RunContainerAsync(params string[] command)
    {
        var bundle = Directory.CreateTempSubdirectory("strata-bundle-").FullName;
        try
        {
            var unpacked = Path.Combine(bundle, "b");
            await Tool.RunAsync("umoci", "unpack", "--rootless", "--image", $"{image.OciLayout}:latest", unpacked);
            Configure(Path.Combine(unpacked, "config.json"), command);
            // In a mount namespace of its own, because crun refuses the mixed cgroup hierarchies of some build machines.
            var script = $"umount -R /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup; exec crun --root {bundle}/state --cgroup-manager=disabled run --bundle {unpacked} strata-{Environment.ProcessId}";
            var outcome = await Tool.TryAsync("unshare", "--mount", "sh", "-c", script);
            Assert.SkipWhen(!outcome.Succeeded && Environment.UserName != "root", $"making containers needs more rights here: {outcome.Error}");
            Assert.True(outcome.Succeeded, outcome.Output + outcome.Error);
            return outcome.Output;
        }
        finally
        {
            FileTree.Delete(bundle);
        }
    }

    private static void Configure(string file, string[] command)
    {
        var config = JsonNode.Parse(File.ReadAllText(file))!;
        config["process"]!["terminal"] = false;
        config["process"]!["args"] = new JsonArray([.. command.Select(c => (JsonNode)c)]);
        File.WriteAllText(file, config.ToJsonString());
    }
}
