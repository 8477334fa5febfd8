using Strata.Metadata;

namespace Strata.Graph;

/// <summary>Flags that are switches.</summary>
internal static class Flags
{
    /// <summary>Set and not one of the words for no. The empty text means no.</summary>
    public static bool IsOn(Datastore variables, string name, string flag) =>
        variables.GetFlag(name, flag)?.Trim().ToLowerInvariant() is not (null or "" or "0" or "n" or "no" or "false");

    public static bool IsFunction(Datastore variables, string name) => variables.GetFlag(name, "func") is { Length: > 0 };

    public static bool IsPython(Datastore variables, string name) => variables.GetFlag(name, "python") is { Length: > 0 };

    public static bool IsShellFunction(Datastore variables, string name) => IsFunction(variables, name) && !IsPython(variables, name);
}
