namespace Strata.Benchmarks;

/// <summary>
/// A benchmark of a peer, left out where that is not there: one that fails would end the run. A variable of the environment named as the program,
/// in capitals, says where it is (<c>BITBAKE=/path/to/bitbake</c>); else it is looked for on PATH.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsToolAttribute(string tool) : Attribute
{
    public bool IsThere => Find(tool) is not null;

    /// <summary>Absolute path of the program, or null.</summary>
    public static string? Find(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(d => Path.Combine(d, tool))
            .Prepend(Environment.GetEnvironmentVariable(tool.ToUpperInvariant()) ?? "").FirstOrDefault(File.Exists);
}
