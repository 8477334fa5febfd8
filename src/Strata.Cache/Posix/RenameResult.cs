namespace Strata.Cache;

internal enum RenameResult
{
    Done,

    /// <summary>A directory with something in it is there already.</summary>
    TargetExists,

    /// <summary>The two places are not on one mount; the content has to be copied.</summary>
    OtherDevice,
}
