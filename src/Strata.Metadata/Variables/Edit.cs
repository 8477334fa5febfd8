using Strata.Metadata.Names;

namespace Strata.Metadata;

/// <summary>A pending <c>:append</c>, <c>:prepend</c> or <c>:remove</c>.</summary>
internal sealed record Edit(string Text, OverrideKey? Condition);
