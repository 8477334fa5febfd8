namespace Strata.Metadata.Names;

/// <summary>The override-style operators: edits that wait until the variable is read.</summary>
internal enum EditKind
{
    None,
    Append,
    Prepend,
    Remove,
}
