namespace Strata.Core;

/// <summary>What a process and everything that it started and waited for took.</summary>
/// <param name="Cpu">Processor time of user and system together.</param>
/// <param name="PeakMemory">Bytes of the largest process among them at its largest moment, not of all together.</param>
public readonly record struct ResourceUsage(TimeSpan Cpu, long PeakMemory)
{
    public ResourceUsage Plus(ResourceUsage other) => new(Cpu + other.Cpu, Math.Max(PeakMemory, other.PeakMemory));
}
