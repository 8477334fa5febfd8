using System.Globalization;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>Downloads over FTP, with curl: the framework's own client is abandoned.</summary>
internal sealed class FtpPlaces(FetchOptions options)
{
    private const int CannotResume = 31;

    /// <summary>What may pass by itself: a refused command, a broken transfer, a time-out, errors of sending and receiving.</summary>
    private static readonly int[] s_passing = [8, 12, 18, 25, 28, CannotResume, 52, 55, 56];

    /// <summary>Null when the pinned bytes arrived. What breaks off is gone on with, where the server can.</summary>
    public async Task<Refusal?> TryAsync(SourceUri place, BlobReception reception, CancellationToken cancel)
    {
        var scratch = AtomicFile.ScratchName(Path.Combine(options.DownloadDirectory, "incoming", "ftp"));
        Directory.CreateDirectory(Path.GetDirectoryName(scratch)!);
        try
        {
            for (var attempt = 1; await RunAsync(place, scratch, reception.Secrets, cancel) is var (exitCode, refusal); attempt++)
            {
                if (attempt >= options.Attempts || !s_passing.Contains(exitCode)) return refusal;
                if (exitCode == CannotResume) File.Delete(scratch);
                await Task.Delay(options.RetryDelay * (1 << (attempt - 1)), cancel);
            }
            await using var content = File.OpenRead(scratch);
            return await reception.ReceiveAsync(content, place.Address, content.Length, Patience.Endless, cancel);
        }
        catch (FileNotFoundException e) when (e.FileName == "curl")
        {
            return new(place.Address, "curl is not installed: apt install curl");
        }
        finally
        {
            File.Delete(scratch);
        }
    }

    /// <summary>Null when everything has arrived.</summary>
    private async Task<(int ExitCode, Refusal Refusal)?> RunAsync(SourceUri place, string scratch, SourceSecrets secrets, CancellationToken cancel)
    {
        const int LoginDenied = 67;
        var outcome = await ProcessRunner.RunAsync(Command(place, scratch, secrets), cancel);
        if (outcome.Succeeded) return null;
        var told = outcome.Error.Trim() is { Length: > 0 } error ? error.Split('\n')[^1] : $"curl failed with {outcome.ExitCode}";
        return (outcome.ExitCode, new(place.Address, told, MissingSecret: outcome.ExitCode == LoginDenied && !secrets.Passwords ? SourceSecrets.PasswordsName : null));
    }

    private ProcessSpec Command(SourceUri place, string scratch, SourceSecrets secrets) => new()
    {
        Command =
        [
            "curl", "--disable", "--silent", "--show-error", "--fail", "--proto", "=ftp,ftps", "--output", scratch, "--continue-at", "-",
            "--connect-timeout", Seconds(options.ConnectTimeout), "--speed-time", Seconds(options.SlowWindow),
            "--speed-limit", Number(Math.Max(1, (long)(options.SlowestBytes / options.SlowWindow.TotalSeconds))),
            "--max-filesize", Number(options.MaximumSize), .. secrets.Passwords ? NetrcWords() : [], "--config", "-",
        ],
        // Not among the arguments, where every user of this machine could read a password.
        Input = $"url = \"{place.AddressWithPassword.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"\n",
        Environment = options.Environment.SetItem("LC_ALL", "C"),
    };

    private string[] NetrcWords() => options.Environment.GetValueOrDefault("NETRC") is { } file ? ["--netrc-optional", "--netrc-file", file] : ["--netrc-optional"];

    private static string Seconds(TimeSpan time) => Number(Math.Max(1, (long)Math.Ceiling(time.TotalSeconds)));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
