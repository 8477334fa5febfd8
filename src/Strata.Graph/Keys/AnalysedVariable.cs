namespace Strata.Graph.Keys;

/// <summary>One variable, function or flag (<c>N[f]</c>) as a key sees it. Shared by all recipes in which it comes out the same.</summary>
/// <param name="text">What is hashed; null if it does not exist.</param>
/// <param name="dependencies">The numbers of the names it needs, in no order.</param>
/// <param name="usesExports">Whether it needs the exported variables, too.</param>
internal sealed class AnalysedVariable(string name, string? text, int[] dependencies, bool usesExports = false)
{
    private readonly AnalysedVariable? _sameText;
    private KeyField? _field;

    /// <summary>The same text in another recipe, where it needs other names.</summary>
    public AnalysedVariable(AnalysedVariable sameText, int[] dependencies) : this(sameText.Name, sameText.Text, dependencies, sameText.UsesExports) => _sameText = sameText;

    public string Name { get; } = name;

    public string? Text { get; } = text;

    public int[] Dependencies { get; } = dependencies;

    public bool UsesExports { get; } = usesExports;

    /// <summary>Its field in a task's key; made when the first key needs it. Only for what exists.</summary>
    public KeyField Field(HostPaths hostPaths) => _sameText?.Field(hostPaths) ?? (_field ??= KeyField.OfVariable(Name, hostPaths.Hide(Text!)));
}
