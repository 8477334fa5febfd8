namespace Strata.Cache;

/// <summary>Numbers of <c>flock(2)</c>.</summary>
internal enum LockOperation
{
    Shared = 1,
    TryExclusive = 2 | 4,
}
