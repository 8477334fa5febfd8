namespace Strata.Metadata.Syntax;

internal enum IncludeKind
{
    /// <summary>A missing file is fine.</summary>
    Include,

    /// <summary>A missing file is an error.</summary>
    Require,

    /// <summary>Every file of that name along BBPATH.</summary>
    IncludeAll,
}
