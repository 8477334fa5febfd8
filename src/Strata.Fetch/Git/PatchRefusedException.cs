namespace Strata.Fetch;

/// <summary>A patch does not apply to a checkout, which is as it was before.</summary>
public sealed class PatchRefusedException(string patch, string reason) : Exception($"{patch}: {reason}")
{
    public string Patch { get; } = patch;

    public string Reason { get; } = reason;
}
