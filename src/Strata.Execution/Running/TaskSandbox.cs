using System.Collections.Immutable;
using Strata.Graph;
using Strata.Sandbox;

namespace Strata.Execution;

/// <summary>What a task sees. Pure: the same task with the same inputs, the same specification.</summary>
internal static class TaskSandbox
{
    private const string Root = "/";

    public static SandboxSpec Spec(WorkDirectory work, TaskCommand command, ImmutableArray<InputArtifact> inputs, ImmutableArray<string> program, bool hostTools)
    {
        var overlays = inputs.Where(i => i.Mount is not null)
            .GroupBy(i => i.Mount!, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new Overlay(g.Key, [.. g.Select(i => i.Path).Distinct(StringComparer.Ordinal)]))
            .ToImmutableArray();
        return new()
        {
            Overlays = overlays,
            Mounts = [new(work.HostRoot, work.Task.WorkDirectory, Writable: true)],
            Environment = command.Environment,
            WorkingDirectory = command.Directories is [.., var last] ? last : work.Task.WorkDirectory,
            Network = command.Network ? Network.Host : Network.None,
            Command = program,
            HostRoot = hostTools && overlays.All(o => o.Target != Root),
        };
    }
}
