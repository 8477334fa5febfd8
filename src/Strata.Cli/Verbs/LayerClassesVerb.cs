using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("layer classes", HelpText = "List the classes and where they are, in the order in which they are searched.")]
[Examples("strata layer classes", "strata layer classes core --json")]
public sealed record LayerClassesVerb : LayerPartsVerb<ClassEntry>
{
    private protected override ImmutableArray<ClassEntry> Read(LayerReader reader) => reader.Classes();

    private protected override JsonTypeInfo<ImmutableArray<ClassEntry>> Type => AnswerJson.Readable.ImmutableArrayClassEntry;

    private protected override string Text(ImmutableArray<ClassEntry> parts) => LayerText.Classes(parts);
}
