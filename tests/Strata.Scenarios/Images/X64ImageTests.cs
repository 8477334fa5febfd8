namespace Strata.Scenarios.Images;

/// <summary>The x86-64 image runs as a container.</summary>
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

    private Task<string> RunContainerAsync(params string[] command) => Container.RunAsync(image.OciLayout, command);
}
