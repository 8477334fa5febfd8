using System.Collections.Immutable;

namespace Strata.Sandbox.HostPackages;

/// <summary>A file name that one package has taken over; what other packages install under it lies elsewhere.</summary>
/// <param name="By">The package whose own file keeps the name; ":" if the administrator diverted it.</param>
internal sealed record Diversion(string From, string To, string By)
{
    /// <summary>dpkg's list: three lines for each diversion. An absent file has none.</summary>
    public static ImmutableArray<Diversion> Read(string file) =>
        File.Exists(file) ? [.. File.ReadLines(file).Chunk(3).Where(c => c.Length == 3).Select(c => new Diversion(c[0], c[1], c[2]))] : [];
}
