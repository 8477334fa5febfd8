using Strata.Metadata;

namespace Strata.Cli;

/// <summary>Where a build keeps its things on the build machine. Absolute paths; none of them reaches a task key.</summary>
public sealed record Places(string Temp, string Store, string Downloads, string History)
{
    public static Places Of(Datastore configuration, Workspace workspace)
    {
        var store = Value("SSTATE_DIR", "cache");
        return new(Value("TMPDIR", "tmp"), store, Value("DL_DIR", "downloads"), Path.Combine(store, "history.sqlite"));

        string Value(string variable, string fallback) =>
            configuration.Get(variable) is { Length: > 0 } path ? Path.GetFullPath(path, workspace.TopDirectory) : Path.Combine(workspace.BuildDirectory, fallback);
    }

    /// <summary>What users take away: images, packages, manifests.</summary>
    public string Deploy => Path.Combine(Temp, "deploy");
}
