using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Strata.Metadata;

namespace Strata.Graph.Keys;

/// <summary>A task's signature in BitBake's form.</summary>
/// <param name="Text">The text of the task itself that is hashed.</param>
/// <param name="Dependencies">Sorted names of everything the task needs, flags as <c>N[f]</c>.</param>
/// <param name="Texts">The hashed text of each dependency; a flag that does not exist has none.</param>
/// <param name="BaseHash">64 hexadecimal characters.</param>
public sealed record TaskSignature(string Text, ImmutableArray<string> Dependencies, ImmutableSortedDictionary<string, string> Texts, string BaseHash);

/// <summary>Computes base hashes exactly as BitBake does. Strata's keys use the same analysis but hash its outcome field by field.</summary>
public sealed class SignatureAnalysis(Datastore configuration)
{
    private readonly VariableAnalysis _analysis = new(new KeySettings(configuration, exact: true));
    private Recipe? _latest;

    /// <summary>Not for several threads; cheap for several tasks of one recipe in a row.</summary>
    /// <exception cref="ExpansionException">A value that the task needs cannot be expanded.</exception>
    public TaskSignature Of(Recipe recipe, string task)
    {
        if (_latest != recipe) _analysis.Begin(recipe.Variables);
        _latest = recipe;
        var closure = _analysis.Closure(task).OrderBy(d => d.Name, StringComparer.Ordinal).ToList();
        var text = _analysis.Of(task).Text ?? "";
        var hashed = new StringBuilder(text);
        foreach (var dependency in closure) _ = hashed.Append(dependency.Name).Append(TextOf(dependency));
        return new(
            text,
            [.. closure.Select(d => d.Name)],
            closure.Where(d => TextOf(d) is not null).ToImmutableSortedDictionary(d => d.Name, d => TextOf(d)!, StringComparer.Ordinal),
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashed.ToString()))));
    }

    /// <summary>To BitBake an unknown variable is an empty one, an unknown flag is nothing.</summary>
    private static string? TextOf(AnalysedVariable variable) => variable.Text ?? (variable.Name.EndsWith(']') ? null : "");
}
