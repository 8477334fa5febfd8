namespace Strata.Benchmarks;

/// <summary>A benchmark of a peer, left out where that is not on PATH: one that fails would end the run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsToolAttribute(string tool) : Attribute
{
    public bool IsThere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(d => File.Exists(Path.Combine(d, tool)));
}
