using System.Net;
using System.Net.Sockets;
using Strata.Cli;

namespace Strata.Tests.Cli.Serving;

public sealed class ServeVerbTests(CliWorkspace workspace) : IClassFixture<CliWorkspace>
{
    [Theory]
    [InlineData("localhost:5000")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:65536")]
    public async Task An_address_without_numbers_or_port_is_refused(string address) =>
        (await workspace.Strata($"serve --listen {address}")).EndsWith(ExitCode.Usage).Complains("STR1050", "--listen 127.0.0.1:5000");

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        (await workspace.Strata($"serve --listen {other.LocalEndpoint}")).EndsWith(ExitCode.Usage).Prints("STR1051", $"{other.LocalEndpoint}", "--listen 127.0.0.1:0");
    }
}
