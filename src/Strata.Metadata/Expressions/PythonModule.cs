namespace Strata.Metadata.Expressions;

/// <summary>
/// A file of a layer's Python library (<c>addpylib</c>): its functions are read as those of classes are.
/// Most are never asked for, so the text is read when somebody does.
/// </summary>
/// <param name="name">The dotted name that expressions use.</param>
/// <param name="read">Gives the same text each time.</param>
public sealed class PythonModule(string name, string path, Func<string> read)
{
    public string Name => name;

    public string Path => path;

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public string Text => field ??= read();
}
