using System.Collections.Immutable;
using Strata.Cli.Licenses;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Cli;

/// <summary>The machines that the command line asks for: the first in the plain configuration, each other one in a configuration named after it.</summary>
internal sealed class MachineChoice(ImmutableArray<string> machines)
{
    /// <param name="text">Names with commas between them; null leaves the choice to the configuration.</param>
    public static MachineChoice Parse(string? text) =>
        new([.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)]);

    public bool IsSeveral => machines.Length > 1;

    /// <summary>The workspace, built for these.</summary>
    public Workspace In(Workspace workspace) => machines is [var first, .. var others]
        ? workspace with { Variables = workspace.Variables.SetItem("MACHINE", first), OtherMachines = others }
        : workspace;

    /// <summary>Each target for each machine, unless it says itself in which configuration.</summary>
    public IEnumerable<string> Targets(IEnumerable<string> targets) =>
        targets.SelectMany(t => t.StartsWith("mc:", StringComparison.Ordinal) || t.StartsWith("multiconfig:", StringComparison.Ordinal) ? [t] : machines.Skip(1).Select(m => $"mc:{m}:{t}").Prepend(t));

    /// <summary>What is wrong where a configuration insists on another machine; null if none does.</summary>
    public Diagnostic? Conflict(LoadedMetadata metadata)
    {
        if (machines is not [var first, ..]) return null;
        foreach (var loaded in metadata.Configurations.Where(c => c.Multiconfig.Length == 0 || machines.Contains(c.Multiconfig)))
        {
            var wanted = loaded.Multiconfig.Length == 0 ? first : loaded.Multiconfig;
            var chosen = loaded.Configuration.Get("MACHINE");
            if (chosen != wanted) return CliRules.MachineFixed(loaded.Configuration.PlaceOf("MACHINE"), wanted, chosen);
        }
        return null;
    }
}
