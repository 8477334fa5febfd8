namespace Strata.Metadata.Expressions;

/// <summary>
/// A file of a layer's Python library (<c>addpylib</c>): its functions are read as those of classes are.
/// <paramref name="Name"/> is the dotted name that expressions use.
/// </summary>
public sealed record PythonModule(string Name, string Path, string Text);
