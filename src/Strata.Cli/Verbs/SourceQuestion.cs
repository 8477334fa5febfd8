using System.Collections.Immutable;
using Strata.Cli.Builtins;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

/// <summary>What a command about sources has at hand.</summary>
/// <param name="Diagnostics">Reported when the command is done; an error among them fails it.</param>
public sealed record SourceQuestion(
    Workspace Workspace, LoadedMetadata Metadata, ImmutableArray<Recipe> Recipes, SourceTools Sources, EventStream Events, Diagnostics Diagnostics, string CurrentDirectory)
{
    public void Say(string line) => Events.Publish(new Announced(line));
}
