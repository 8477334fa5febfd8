using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Signs the index of a feed with GnuPG, as apt and opkg verify it.</summary>
/// <param name="KeyName">PACKAGE_FEED_GPG_NAME: fingerprint, key id or mail address.</param>
/// <param name="Home">GPG_PATH: the directory with the key ring; null means the user's.</param>
/// <param name="PassphraseFile">Null for a key without a passphrase, or one that the user's agent knows.</param>
public sealed record FeedSigner(string KeyName, string? Home, string? PassphraseFile)
{
    private const int CreationField = 5;

    /// <summary>
    /// deb: <c>InRelease</c> and <c>Release.gpg</c>; ipk: <c>Packages.asc</c>. The signature's time is that of the feed, or of the key where that
    /// is younger, so that signing again gives the same bytes.
    /// </summary>
    /// <returns>Null, or what gpg says.</returns>
    /// <exception cref="FileNotFoundException">gpg is not installed.</exception>
    public async Task<string?> SignAsync(string directory, FeedFormat format, DateTimeOffset epoch, CancellationToken cancel)
    {
        var listed = await GpgAsync(["--with-colons", "--list-secret-keys", KeyName], cancel);
        if (!listed.Succeeded) return listed.Error.Trim();
        var time = Math.Max(epoch.ToUnixTimeSeconds(), Creation(listed.Output) ?? 0).ToString(CultureInfo.InvariantCulture);
        ImmutableArray<(string Source, string Result, string How)> files = format == FeedFormat.Deb
            ? [("Release", "InRelease", "--clear-sign"), ("Release", "Release.gpg", "--detach-sign")]
            : [("Packages", "Packages.asc", "--detach-sign")];
        foreach (var (source, result, how) in files)
        {
            var signed = await GpgAsync(["--faked-system-time", $"{time}!", "--digest-algo", "SHA512", "--local-user", KeyName, "--armor",
                "--output", Path.Combine(directory, result), how, Path.Combine(directory, source)], cancel);
            if (!signed.Succeeded) return signed.Error.Trim();
        }
        return null;
    }

    /// <summary>Of the newest part of the key: a signature that is older than the key that made it is refused.</summary>
    private static long? Creation(string listing) => listing.Split('\n').Select(l => l.Split(':'))
        .Where(f => f[0] is "sec" or "ssb" && f.Length > CreationField)
        .Max(f => long.TryParse(f[CreationField], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : (long?)null);

    private Task<ProcessOutcome> GpgAsync(ImmutableArray<string> arguments, CancellationToken cancel) => ProcessRunner.RunAsync(new()
    {
        Command =
        [
            "gpg", "--batch", "--yes", "--no-tty",
            .. Home is null ? ImmutableArray<string>.Empty : ["--homedir", Home],
            .. PassphraseFile is null ? ImmutableArray<string>.Empty : ["--pinentry-mode", "loopback", "--passphrase-file", PassphraseFile],
            .. arguments,
        ],
    }, cancel);
}
