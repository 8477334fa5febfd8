namespace Strata.Graph.Shell;

internal enum WordRole
{
    /// <summary>An argument, a reserved word, a pattern, an assignment.</summary>
    Other,
    Command,

    /// <summary>A command that BitBake does not see.</summary>
    HiddenCommand,
    FunctionName,
}
