namespace Strata.Graph.Shell;

internal enum ShellTokenKind
{
    End,
    NewLine,
    Operator,
    Word,
}
