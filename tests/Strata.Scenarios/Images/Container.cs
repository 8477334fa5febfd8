using System.Text.Json.Nodes;
using Strata.Core;

namespace Strata.Scenarios.Images;

/// <summary>An OCI image as a container: unpacked by umoci, started by crun.</summary>
internal static class Container
{
    /// <summary>What a command prints inside.</summary>
    public static Task<string> RunAsync(string layout, params string[] command) => WithBundleAsync(layout, async (bundle, id) =>
    {
        Configure(bundle, command);
        return await InNamespaceAsync($"exec {Crun(bundle)} run --bundle {bundle}/b {id}");
    });

    /// <summary>Starts what the image starts, as another user than root, and waits until a command inside says that it is well.</summary>
    /// <param name="check">The command and its words, without blanks.</param>
    public static Task<string> ServeAsync(string layout, params string[] check) => WithBundleAsync(layout, async (bundle, id) =>
    {
        var process = Configure(bundle, []);
        Assert.NotEqual(0, (int)process["user"]!["uid"]!);
        return await InNamespaceAsync($$"""
            {{Crun(bundle)}} run --detach --bundle {{bundle}}/b {{id}} > {{bundle}}/log 2>&1 < /dev/null || { cat {{bundle}}/log >&2; exit 1; }
            healthy=1
            for attempt in $(seq 100); do
                {{Crun(bundle)}} exec {{id}} {{string.Join(' ', check)}} && healthy=0 && break
                sleep 0.1
            done 2>> {{bundle}}/log
            {{Crun(bundle)}} delete --force {{id}}
            [ $healthy = 0 ] || cat {{bundle}}/log >&2
            exit $healthy
            """);
    });

    private static string Crun(string bundle) => $"crun --root {bundle}/state --cgroup-manager=disabled";

    private static async Task<string> WithBundleAsync(string layout, Func<string, string, Task<string>> use)
    {
        var bundle = Directory.CreateTempSubdirectory("strata-bundle-").FullName;
        try
        {
            // Who is not root cannot give files to others.
            string[] rights = Environment.UserName == "root" ? [] : ["--rootless"];
            await Tool.RunAsync(["umoci", "unpack", .. rights, "--image", $"{layout}:latest", Path.Combine(bundle, "b")]);
            return await use(bundle, $"strata-{Path.GetFileName(bundle)}");
        }
        finally
        {
            FileTree.Delete(bundle);
        }
    }

    /// <summary>In a mount namespace of its own, because crun refuses the mixed cgroup hierarchies of some build machines.</summary>
    private static async Task<string> InNamespaceAsync(string script)
    {
        var outcome = await Tool.TryAsync("unshare", "--mount", "sh", "-c", $"umount -R /sys/fs/cgroup; mount -t cgroup2 none /sys/fs/cgroup\n{script}");
        Assert.SkipWhen(!outcome.Succeeded && Environment.UserName != "root", $"making containers needs more rights here: {outcome.Error}");
        Assert.True(outcome.Succeeded, outcome.Output + outcome.Error);
        return outcome.Output;
    }

    private static JsonNode Configure(string bundle, string[] command)
    {
        var file = Path.Combine(bundle, "b/config.json");
        var config = JsonNode.Parse(File.ReadAllText(file))!;
        var process = config["process"]!;
        process["terminal"] = false;
        if (command.Length > 0) process["args"] = new JsonArray([.. command.Select(c => (JsonNode)c)]);
        File.WriteAllText(file, config.ToJsonString());
        return process;
    }
}
