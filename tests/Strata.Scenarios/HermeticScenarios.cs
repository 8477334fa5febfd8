namespace Strata.Scenarios;

/// <summary>A task sees what its recipe declares, and nothing else; each test fails when something leaks in.</summary>
public sealed class HermeticScenarios(ITestOutputHelper output) : Scenario(output)
{
    [Fact]
    public async Task A_header_of_an_undeclared_dependency_is_not_there()
    {
        var workspace = await WorkspaceFrom("meta-three");
        (await workspace.Strata("build libgreet-native")).Succeeds();
        workspace.Edit("meta-three/recipes-three/app/app-native_1.0.bb", text => text.Replace("DEPENDS = \"libgreet-native\"", "", StringComparison.Ordinal));

        (await workspace.Strata("build app-native")).FailsWith(1).Prints("greet.h: No such file");
    }

    [Theory]
    [InlineData("touch /usr/leak", "Read-only file system")]
    [InlineData("touch /leak", "Read-only file system")]
    [InlineData("ls /home/*", "No such file")]
    [InlineData("ls /usr/local/bin/strata", "No such file")]
    [InlineData("ls /usr/include/openssl", "No such file")]
    [InlineData("exec 3<>/dev/tcp/127.0.0.1/$PORT", "Connection refused")]
    [InlineData("test -n \"$HOST_SECRET\" || { echo nothing to see; false; }", "nothing to see")]
    public async Task A_task_cannot_leave_its_sandbox(string attempt, string complaint)
    {
        using var server = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        server.Start();
        var port = ((System.Net.IPEndPoint)server.LocalEndpoint).Port;
        var workspace = await WorkspaceFrom("meta-three");
        workspace.Environment["HOST_SECRET"] = "visible";
        workspace.Edit("meta-three/recipes-three/unrelated/unrelated-native_1.0.bb", text =>
            $"{text}\ndo_compile () {{\n    bash -c '{attempt.Replace("$PORT", $"{port}", StringComparison.Ordinal)}'\n}}\n");

        (await workspace.Strata("build unrelated-native")).FailsWith(1).Prints(complaint);
    }
}
