namespace Strata.Core;

public enum Severity
{
    Note,
    Warning,
    Error,
}
