using System.Collections.Frozen;
using Strata.Metadata;

namespace Strata.Graph.Keys;

/// <summary>A built-in task reads final values, so these are its fields, and what they are made of does not matter.</summary>
internal sealed class BuiltinValues(KeySettings settings, HostPaths hostPaths, Datastore variables, List<KeyField> fields)
{
    private readonly FrozenSet<string> _excludedFlags = settings.ExcludedFlags(variables);
    private HashSet<string> _readable = [];
    private string[] _excluded = [];

    /// <summary>True for names in the key, and for named ones that the configuration keeps out of keys.</summary>
    public bool IsReadable(string name) => _readable.Contains(name) || IsAbsentFlag(name);

    public void Add(string task, string builtin)
    {
        fields.Add(new("builtin", builtin));
        _readable = new(StringComparer.Ordinal);
        _excluded = WordList.Of(variables.GetFlag(task, "vardepsexclude"));
        foreach (var name in WordList.Of(variables.GetFlag(task, "vardeps"))) AddWithFlags(name);
        AddWithFlags("PATH");
        AddFlags(task, variables.Entry(task));
    }

    private void AddWithFlags(string name)
    {
        if (_readable.Contains(name)) return;
        if (name.EndsWith(']') && name.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket)
        {
            AddValue(name, variables.GetFlag(name[..bracket], name[(bracket + 1)..^1]));
            return;
        }
        var entry = variables.Entry(name);
        var value = entry.Flag("vardepvalue") is null ? variables.Get(name) : variables.GetFlag(name, "vardepvalue");
        AddValue(name, entry.Flag("vardepvalueexclude") is null ? value : WithoutPieces(value, variables.GetFlag(name, "vardepvalueexclude")));
        AddFlags(name, entry);
    }

    private void AddFlags(string name, in VariableEntry entry)
    {
        foreach (var flag in entry.Flags)
            if (!flag.Name.StartsWith('_') && !_excludedFlags.Contains(flag.Name) && flag.Name is not ("func" or "builtin"))
                AddValue($"{name}[{flag.Name}]", variables.GetFlag(name, flag.Name));
    }

    // What is ignored may be read all the same: the configuration promises that it does not change what is made.
    private void AddValue(string name, string? value)
    {
        if (_readable.Add(name) && value is not null && !_excluded.Contains(name) && !settings.IgnoredVariables.Contains(name))
            fields.Add(KeyField.OfVariable(name, hostPaths.Hide(value)));
    }

    // A flag that is not set is no field, but setting it would make it one: reading "not set" is in the key as well.
    private bool IsAbsentFlag(string name) =>
        name.EndsWith(']') && name.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket
        && _readable.Contains(name[..bracket]) && !_excludedFlags.Contains(name[(bracket + 1)..^1]);

    private static string? WithoutPieces(string? value, string? pieces)
    {
        foreach (var piece in pieces?.Split('|', StringSplitOptions.RemoveEmptyEntries) ?? []) value = value?.Replace(piece, "", StringComparison.Ordinal);
        return value;
    }
}
