namespace Strata.Scenarios;

/// <summary>Everything that could tell a task on which machine, where and for whom it runs.</summary>
public sealed class LeakScenarios(ITestOutputHelper output) : Scenario(output)
{
    /// <summary>What a task can find out, a line each. It has dash and coreutils only.</summary>
    private const string Look = """
        inherit chain
        do_compile () {
            echo done > ${WORKDIR}/out/lib
            exec > ${WORKDIR}/out/seen
            echo "umask $(umask)"
            echo "user $(id -u):$(id -g) $(id -un)"
            echo "host $(uname -n)"
            echo "at $(pwd)"
            echo "work $(ls -A /build/work)"
            echo "build $(ls -A /build | tr '\n' ' ')"
            echo "home $(ls -d /home /mnt /srv /media 2>/dev/null)"
            echo "root $(ls -A /root)"
            echo "local $(ls -A /usr/local 2>/dev/null)"
            echo "tmp $(ls -A /tmp)"
            echo "dev $(ls -A /dev | tr '\n' ' ')"
            echo "pts $(ls -A /dev/pts)"
            echo "run $(ls -A /run)"
            echo "headers $(ls -A /usr/include 2>/dev/null)"
            echo "pkgconfig $(ls -d /usr/lib/*/pkgconfig /usr/share/pkgconfig 2>/dev/null)"
            echo "interfaces $(cut -s -d: -f1 /proc/net/dev | tr -d ' ')"
            echo "variables $(env | cut -d= -f1 | sort | tr '\n' ' ')"
            echo "sockets $(tail -n +2 /proc/net/unix | wc -l)"
            echo "spaces $(for n in cgroup ipc mnt net pid user uts; do readlink /proc/self/ns/$n; done | tr '\n' ' ')"
            echo "groups $(id -G)"
            echo "processes $(for p in /proc/[0-9]*; do cat $p/comm 2>/dev/null; done | sort -u | tr '\n' ' ')"
        }
        """;

    [Fact]
    public async Task A_task_learns_nothing_of_the_machine_the_user_and_the_workspace()
    {
        var workspace = ShellWorkspace(("other", "inherit chain\n"), ("look", Look)).Through("/bin/sh", "-c", "umask 077; exec \"$@\"", "sh");
        workspace.Environment["HOST_SECRET"] = "visible";
        HostHasWhatCouldLeak(workspace);
        (await workspace.Strata("build other")).Succeeds();

        (await workspace.Strata("build look")).Succeeds();

        Assert.True(Directory.Exists(workspace.PathOf("build/tmp/work/other")));
        Assert.Equal(
        [
            "umask 0022", "user 0:0 root", "host strata", "at /build/work/look-1.0", "work look-1.0", "build jobs work ", "home ", "root ", "local ", "tmp ", "dev core fd full null ptmx pts random shm stderr stdin stdout tty urandom zero ", "pts ptmx", "run ",
            "headers ", "pkgconfig ",
            "interfaces lo", "variables MAKEFLAGS PATH PWD ", "sockets 0", "groups 0", "",
        ], Seen(workspace, l => l.Split(' ')[0] is not ("processes" or "spaces")));
        foreach (var space in new[] { "cgroup", "ipc", "mnt", "net", "pid", "user", "uts" })
            Assert.DoesNotContain(new FileInfo($"/proc/self/ns/{space}").LinkTarget!, Seen(workspace, l => l.StartsWith("spaces", StringComparison.Ordinal)).Single(), StringComparison.Ordinal);
        Assert.All(Seen(workspace, l => l.StartsWith("processes", StringComparison.Ordinal)).Single().Split(' ').Skip(1).SkipLast(1),
            name => Assert.Contains(name, new[] { "bwrap", "sh", "cat", "sort", "tr", "run.do_populate" }));
    }

    /// <summary>An empty place can leak nothing: each one that is looked at has something on this host.</summary>
    private void HostHasWhatCouldLeak(ScenarioWorkspace workspace)
    {
        File.WriteAllText(Path.Combine(TemporaryDirectory(), "planted"), "");
        foreach (var place in new[] { "/tmp", "/usr/local", "/usr/include", "/run", Path.GetTempPath() }) Assert.NotEmpty(Directory.EnumerateFileSystemEntries(place));
        Assert.True(Directory.Exists("/home"));
        Assert.NotEqual("strata", Environment.MachineName);
        Assert.NotEqual("/build/work", workspace.PathOf("build/tmp/work"));
    }

    private static string[] Seen(ScenarioWorkspace workspace, Func<string, bool> wanted) =>
        [.. File.ReadAllText(workspace.PathOf("build/tmp/work/look/1.0/out/seen")).Split('\n').Where(wanted)];
}
