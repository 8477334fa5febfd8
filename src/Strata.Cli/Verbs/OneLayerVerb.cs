using CommandLine;
using Strata.Cli.Answers;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

/// <summary>A question about all layers, or about one of them.</summary>
public abstract record OneLayerVerb : AnswerVerb
{
    [Value(0, MetaName = "LAYER", HelpText = "Only this layer (default: all).")]
    public string? Layer { get; init; }

    protected sealed override ExitCode Answer(Question question, CancellationToken cancel)
    {
        if (Layer is null) return Answer(question, null, cancel);
        return question.FindLayer(Layer) is { } layer ? Answer(question, layer, cancel) : question.Refuse(question.UnknownLayer(Layer));
    }

    protected abstract ExitCode Answer(Question question, Layer? layer, CancellationToken cancel);
}
