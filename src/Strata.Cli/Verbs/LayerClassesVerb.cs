using System.Collections.Immutable;
using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;
using Strata.Metadata;

namespace Strata.Cli.Verbs;

[Verb("layer classes", HelpText = "List the classes and where they are, in the order in which they are searched.")]
[Examples("strata layer classes", "strata layer classes core --json")]
public sealed record LayerClassesVerb : OneLayerVerb
{
    protected override ExitCode Answer(Question question, Layer? layer, CancellationToken cancel)
    {
        ImmutableArray<ClassEntry> classes = [.. new LayerReader(question).Classes().Where(c => layer is null || c.Layer == layer.Name)];
        return question.Answer(classes, AnswerJson.Readable.ImmutableArrayClassEntry, LayerText.Classes);
    }
}
