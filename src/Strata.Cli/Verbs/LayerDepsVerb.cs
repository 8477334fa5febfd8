using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("layer deps", HelpText = "List which layer needs which other one, with versions.")]
[Examples("strata layer deps", "strata layer deps examples")]
public sealed record LayerDepsVerb : LayerPartsVerb<LayerDependency>
{
    private protected override ImmutableArray<LayerDependency> Read(LayerReader reader) => reader.Dependencies();

    private protected override JsonTypeInfo<ImmutableArray<LayerDependency>> Type => AnswerJson.Readable.ImmutableArrayLayerDependency;

    private protected override string Text(ImmutableArray<LayerDependency> parts) => LayerText.Dependencies(parts);
}
