using Strata.Core;

namespace Strata.Execution;

/// <summary>An artifact that was made a second time.</summary>
/// <param name="Before">What the store had under the key of the task.</param>
/// <param name="Made">What came out now; in the store as well, under no key.</param>
public sealed record RebuiltArtifact(string Task, Digest Before, Digest Made)
{
    public bool IsSame => Before == Made;
}
