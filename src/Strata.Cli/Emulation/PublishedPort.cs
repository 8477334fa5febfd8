using System.Globalization;

namespace Strata.Cli.Emulation;

/// <summary>A port of the build machine behind which a port of the guest answers.</summary>
public readonly record struct PublishedPort(int Host, int Guest)
{
    /// <summary>Reads <c>2222:22</c>, as container tools write it; null if it is something else.</summary>
    public static PublishedPort? Parse(string text) =>
        text.Split(':') is [var host, var guest] && Port(host) is { } h && Port(guest) is { } g ? new(h, g) : null;

    private static int? Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port : null;
}
