using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Strata.Core;

namespace Strata.Scenarios.Images;

/// <summary>An image, booted by <c>strata run</c> with a kernel of our own, and root logged in on its console.</summary>
public abstract class BootedMachine(string machine, string image = "target-image") : IAsyncLifetime
{
    // Emulation on a busy machine: a boot takes three seconds on a quiet one.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_build = TimeSpan.FromHours(1);
    private const string Prompt = "# ";

    private readonly SerialConsole _console = new();
    private Task<ProcessOutcome> _run = Task.FromResult(new ProcessOutcome(0, "", ""));

    public int SshPort { get; } = FreePort();

    public async ValueTask InitializeAsync()
    {
        _run = ProcessRunner.RunAsync(new()
        {
            Command = ["env", $"MACHINE={machine}", Checkout.Strata, "run", image, "--snapshot", "--publish", $"{SshPort}:22"],
            WorkingDirectory = Checkout.Path("."),
            ReadOutput = _console.Read,
            WriteInput = _console.Write,
        }, TestContext.Current.CancellationToken);
        var loggedIn = LogInAsync();
        if (await Task.WhenAny(_run, loggedIn) == _run) Assert.Fail($"strata run ended: {(await _run).Error}\n{_console.Text}");
        await loggedIn;
    }

    /// <summary>What a command prints on the console.</summary>
    public async Task<string> TypeAsync(string command)
    {
        _console.Send($"{command}; echo do''ne");
        var printed = await _console.WaitForAsync("done\r\n", s_patience, TestContext.Current.CancellationToken);
        return printed[(printed.IndexOf('\n', StringComparison.Ordinal) + 1)..^"done\r\n".Length];
    }

    public async ValueTask DisposeAsync()
    {
        _console.Send("poweroff");
        // The process counts as ended when nobody types any more.
        _console.HangUp();
        var outcome = await _run;
        Assert.True(outcome.Succeeded, _console.Text);
        GC.SuppressFinalize(this);
    }

    private async Task LogInAsync()
    {
        await _console.WaitForAsync("login: ", s_build, TestContext.Current.CancellationToken);
        _console.Send("root");
        await _console.WaitForAsync(Prompt, s_patience, TestContext.Current.CancellationToken);
        // The kernel writes on the same line, in the middle of what commands print.
        await TypeAsync("dmesg -n 1");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return int.Parse(listener.LocalEndpoint.ToString()!.Split(':')[^1], CultureInfo.InvariantCulture);
    }
}

public sealed class BootedArm64() : BootedMachine("qemuarm64");

public sealed class BootedX64() : BootedMachine("qemux86-64");

public sealed class BootedDevice() : BootedMachine("qemux86-64", "device-image");
