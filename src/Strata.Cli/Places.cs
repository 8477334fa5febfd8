using Strata.Core;
using Strata.Metadata;

namespace Strata.Cli;

/// <summary>Where a build keeps its things on the build machine. Absolute paths; none of them reaches a task key.</summary>
public sealed record Places(string Temp, string Store, string Downloads, string History)
{
    public static Places Of(Datastore configuration, Workspace workspace)
    {
        if (UnsandboxedRoot(configuration) is { } root)
            // The paths of what is built without sandboxes are in it: a copy of the directory elsewhere must not find it.
            return OfStore(root, Path.Combine(root, $"cache-{Digest.Of(root).Hex[..8]}"));
        return OfStore(Value("TMPDIR", "tmp"), Value("SSTATE_DIR", "cache"));

        Places OfStore(string temp, string store) => new(temp, store, Value("DL_DIR", "downloads"), Path.Combine(store, "history.sqlite"));

        string Value(string variable, string fallback) =>
            configuration.Get(variable) is { Length: > 0 } path ? Path.GetFullPath(path, workspace.TopDirectory) : Path.Combine(workspace.BuildDirectory, fallback);
    }

    /// <summary>Where everything of builds without sandboxes is; null when there are sandboxes.</summary>
    public static string? UnsandboxedRoot(Datastore configuration) => configuration.Get(Workspace.Unsandboxed) is "1" ? configuration.Get("UNSANDBOXED_ROOT") : null;

    /// <summary>What users take away: images, packages, manifests.</summary>
    public string Deploy => Path.Combine(Temp, "deploy");
}
