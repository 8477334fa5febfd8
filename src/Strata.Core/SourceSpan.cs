namespace Strata.Core;

/// <summary>A place in a user's file. Line and column count from 1; 0 means the whole file. An empty file name means nowhere.</summary>
public readonly record struct SourceSpan(string File, int Line = 0, int Column = 0)
{
    public bool IsNowhere => string.IsNullOrEmpty(File);

    /// <summary><c>file:line:col</c>, as editors and terminals make clickable.</summary>
    public override string ToString() => (IsNowhere, Line, Column) switch
    {
        (true, _, _) => "",
        (_, 0, _) => File,
        (_, _, 0) => $"{File}:{Line}",
        _ => $"{File}:{Line}:{Column}",
    };
}
