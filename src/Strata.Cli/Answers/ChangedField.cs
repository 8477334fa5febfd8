using System.Collections.Immutable;
using Strata.Graph.Why;

namespace Strata.Cli.Answers;

internal sealed record ChangedField(string Field, string? Before, string? After)
{
    public static ImmutableArray<ChangedField> Of(IEnumerable<FieldChange> changes) => [.. changes.Select(c => new ChangedField(c.Field, c.Old, c.New))];
}
