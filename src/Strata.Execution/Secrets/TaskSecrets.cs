using System.Collections.Immutable;
using Strata.Core;
using Strata.Graph;
using Strata.Sandbox;

namespace Strata.Execution;

/// <summary>The secrets of one run of a task: shown to it, and looked for in what it left.</summary>
internal sealed class TaskSecrets
{
    /// <summary>Links are entries of their own: what they lead to is found elsewhere.</summary>
    private static readonly EnumerationOptions s_allFiles = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    private readonly ImmutableArray<Secret> _secrets;
    private (string Secret, string Where)? _found;

    private TaskSecrets(ImmutableArray<Secret> secrets) => _secrets = secrets;

    public static TaskSecrets None => new([]);

    /// <exception cref="TaskFailedException">This host does not have one of them. What is built in may get along without: fetching from a mirror, for instance.</exception>
    public static TaskSecrets Of(TaskNode task, TaskCommand command, SecretSource source) => new(
    [
        .. command.Secrets.Select(name => source.Find(name) ?? (task.Builtin is null ? throw new TaskFailedException(ExecutionRules.SecretMissing(task.Place, task.Name, name)) : null)).OfType<Secret>(),
    ]);

    public SandboxSpec AddTo(SandboxSpec spec)
    {
        if (_secrets.IsEmpty) return spec;
        var environment = spec.Environment;
        environment = environment.SetItem("STRATA_SECRETS", SecretSource.Home);
        if (!environment.ContainsKey("HOME")) environment = environment.Add("HOME", SecretSource.Home);
        foreach (var secret in _secrets)
            foreach (var variable in secret.Variables) environment = environment.SetItem(variable, secret.Target);
        return spec with { Environment = environment, Mounts = [.. spec.Mounts, .. _secrets.Select(s => new Mount(s.HostPath, s.Target, Writable: false))] };
    }

    /// <summary>
    /// Blots the values out of the log and looks for them in what goes on to other tasks: the artifact, or the whole work directory when
    /// there is none.
    /// </summary>
    public void LookIn(WorkDirectory work)
    {
        if (_secrets.All(s => s.Values.IsEmpty)) return;
        if (File.Exists(work.LogFile) && BlotOut(work.LogFile) is { } inLog) _found = (inLog, work.LogFile);
        var left = work.Task.ArtifactDirectory is { } artifact ? work.Find(artifact) : work.HostRoot;
        if (left is null || !Directory.Exists(left)) return;
        foreach (var file in Directory.EnumerateFiles(left, "*", s_allFiles).Order(StringComparer.Ordinal))
            if (FileStatus.Of(file).Type is FileType.File && File.ReadAllBytes(file) is var bytes && Holder(bytes) is { } secret) _found ??= (secret.Name, file);
    }

    /// <exception cref="TaskFailedException">A value of a secret was in what the task left.</exception>
    public void ThrowIfFound(WorkDirectory work)
    {
        if (_found is not var (secret, where)) return;
        throw new TaskFailedException(ExecutionRules.SecretLeaked(work.Task.Place, work.Task.Name, secret, where));
    }

    private Secret? Holder(ReadOnlySpan<byte> bytes)
    {
        foreach (var secret in _secrets)
            foreach (var value in secret.Values)
                if (bytes.IndexOf(value) >= 0) return secret;
        return null;
    }

    /// <returns>The name of a secret that was in the file.</returns>
    private string? BlotOut(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (Holder(bytes) is not { } found) return null;
        foreach (var value in _secrets.SelectMany(s => s.Values))
            for (var rest = bytes.AsSpan(); rest.IndexOf(value) is >= 0 and var at; rest = rest[(at + value.Length)..]) rest.Slice(at, value.Length).Fill((byte)'*');
        File.WriteAllBytes(file, bytes);
        return found.Name;
    }
}
