using System.Collections.Immutable;
using Strata.Metadata;

namespace Strata.Cli.Answers;

/// <summary>Reads everything that a datastore holds.</summary>
internal static class EnvironmentReader
{
    public static EnvironmentAnswer Read(Datastore variables, string? recipe, CancellationToken cancel)
    {
        var all = new List<(EnvironmentVariable Variable, bool IsFunction)>();
        foreach (var name in variables.Names.Where(n => !n.StartsWith("__", StringComparison.Ordinal)))
        {
            cancel.ThrowIfCancellationRequested();
            all.Add(Read(variables, name));
        }
        return new(recipe, [.. all.Where(v => !v.IsFunction).Select(v => v.Variable)], [.. all.Where(v => v.IsFunction).Select(v => v.Variable)]);
    }

    private static (EnvironmentVariable Variable, bool IsFunction) Read(Datastore variables, string name)
    {
        var flags = variables.FlagNames(name).ToImmutableSortedDictionary(f => f, f => variables.GetFlagUnexpanded(name, f) ?? "", StringComparer.Ordinal);
        var isPython = IsSet("python");
        var (value, problem) = isPython ? (variables.GetUnexpanded(name), null) : Expanded(variables, name);
        return (new(name, value, Raw(variables, name), problem, IsSet("export"), isPython, flags), IsSet("func"));

        bool IsSet(string flag) => flags.GetValueOrDefault(flag, "") is not ("" or "0");
    }

    private static (string? Value, string? Problem) Expanded(Datastore variables, string name)
    {
        try
        {
            return (variables.Get(name), null);
        }
        catch (ExpansionException e)
        {
            return (null, e.Diagnostic.Message);
        }
    }

    private static string? Raw(Datastore variables, string name)
    {
        try
        {
            return variables.GetUnexpanded(name);
        }
        catch (ExpansionException)
        {
            return null;
        }
    }
}
