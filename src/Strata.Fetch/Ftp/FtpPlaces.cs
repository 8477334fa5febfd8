using System.Globalization;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>Downloads over FTP, with curl: the framework's own client is abandoned.</summary>
internal sealed class FtpPlaces(FetchOptions options)
{
    /// <summary>Null when the pinned bytes arrived.</summary>
    public async Task<Refusal?> TryAsync(SourceUri place, BlobReception reception, CancellationToken cancel)
    {
        var scratch = AtomicFile.ScratchName(Path.Combine(options.DownloadDirectory, "incoming", "ftp"));
        Directory.CreateDirectory(Path.GetDirectoryName(scratch)!);
        try
        {
            var outcome = await ProcessRunner.RunAsync(Command(place, scratch), cancel);
            if (!outcome.Succeeded) return new(place.Address, outcome.Error.Trim() is { Length: > 0 } told ? told.Split('\n')[^1] : $"curl failed with {outcome.ExitCode}");
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

    private ProcessSpec Command(SourceUri place, string scratch) => new()
    {
        Command =
        [
            "curl", "--disable", "--silent", "--show-error", "--fail", "--proto", "=ftp,ftps", "--output", scratch,
            "--connect-timeout", Seconds(options.ConnectTimeout), "--speed-time", Seconds(options.SlowWindow),
            "--speed-limit", Number(Math.Max(1, (long)(options.SlowestBytes / options.SlowWindow.TotalSeconds))),
            "--retry", Number(options.Attempts - 1), "--max-filesize", Number(options.MaximumSize), "--config", "-",
        ],
        // Not among the arguments, where every user of this machine could read a password.
        Input = $"url = \"{place.AddressWithPassword.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"\n",
        Environment = options.Environment.SetItem("LC_ALL", "C"),
    };

    private static string Seconds(TimeSpan time) => Number(Math.Max(1, (long)Math.Ceiling(time.TotalSeconds)));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
