using System.Collections.Immutable;
using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

[Verb("layer deps", HelpText = "List which layer needs which other one, with versions.")]
[Examples("strata layer deps", "strata layer deps examples")]
public sealed record LayerDepsVerb : OneLayerVerb
{
    protected override ExitCode Answer(Question question, Layer? layer, CancellationToken cancel)
    {
        ImmutableArray<LayerDependency> dependencies = [.. new LayerReader(question).Dependencies().Where(d => layer is null || d.Layer == layer.Name)];
        return question.Answer(dependencies, AnswerJson.Readable.ImmutableArrayLayerDependency, LayerText.Dependencies);
    }
}
