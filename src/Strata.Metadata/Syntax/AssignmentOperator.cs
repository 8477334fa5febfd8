namespace Strata.Metadata.Syntax;

internal enum AssignmentOperator
{
    Set,
    SetIfUnset,
    SetDefault,
    SetNow,
    Append,
    Prepend,
    AppendTight,
    PrependTight,
}
