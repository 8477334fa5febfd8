using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

/// <summary>A list of what the layers have, or of what one of them has.</summary>
public abstract record LayerPartsVerb<T> : OneLayerVerb where T : ILayerPart
{
    protected sealed override ExitCode Answer(Question question, Layer? layer, CancellationToken cancel) =>
        question.Answer([.. Read(new(question)).Where(p => layer is null || p.Layer == layer.Name)], Type, Text);

    private protected abstract ImmutableArray<T> Read(LayerReader reader);

    private protected abstract JsonTypeInfo<ImmutableArray<T>> Type { get; }

    private protected abstract string Text(ImmutableArray<T> parts);
}
