namespace Strata.Graph.Shell;

internal enum WordRole
{
    /// <summary>An argument, a reserved word, a pattern, an assignment.</summary>
    Other,
    Command,

    /// <summary>A command behind assignments or redirections of its own.</summary>
    CommandAfterPrefix,
    FunctionName,
}
