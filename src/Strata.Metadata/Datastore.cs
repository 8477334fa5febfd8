using System.Collections.Immutable;

namespace Strata.Metadata;

/// <summary>The variables of a configuration or recipe. Reading is safe from several threads; writing is not, make a <see cref="Copy"/> first.</summary>
public sealed class Datastore
{
    /// <summary>An independent store with the same content; cheap.</summary>
    public Datastore Copy() => throw new NotImplementedException();

    /// <summary>The final value, expanded and with removes applied; null when undefined.</summary>
    /// <exception cref="ExpansionException">The value cannot be expanded.</exception>
    public string? Get(string name) => throw new NotImplementedException();

    /// <summary>Winning variant, appends and prepends applied; nothing expanded, nothing removed.</summary>
    public string? GetUnexpanded(string name) => throw new NotImplementedException();

    public string? GetFlag(string name, string flag) => throw new NotImplementedException();

    public string? GetFlagUnexpanded(string name, string flag) => throw new NotImplementedException();

    /// <summary>Sorted; without those that start with an underscore.</summary>
    public ImmutableArray<string> FlagNames(string name) => throw new NotImplementedException();

    /// <summary>Every variable with a value, a default, an edit or a flag; sorted.</summary>
    public ImmutableArray<string> Names => throw new NotImplementedException();

    public string Expand(string text) => throw new NotImplementedException();

    /// <summary>Replaces the value, its edits and its active variants.</summary>
    public void Set(string name, string value) => throw new NotImplementedException();

    public void SetFlag(string name, string flag, string value) => throw new NotImplementedException();

    /// <summary>The OVERRIDES in force, lowest priority first.</summary>
    public ImmutableArray<string> Overrides => throw new NotImplementedException();

    /// <summary>Whether any variant or conditional edit mentions the override; if not, adding it to OVERRIDES changes nothing.</summary>
    public bool MentionsOverride(string name) => throw new NotImplementedException();

    /// <summary>The unexpanded texts of the <c>:remove</c> edits in force.</summary>
    public ImmutableArray<string> ActiveRemoves(string name) => throw new NotImplementedException();

    /// <summary>Everything that was done to the variable and its flags, in order.</summary>
    public ImmutableArray<Assignment> History(string name) => throw new NotImplementedException();

    /// <summary>Absolute paths of the classes inherited so far, in order.</summary>
    public ImmutableArray<string> InheritedClasses => throw new NotImplementedException();
}
