using CommandLine;

namespace Strata.Cli.Verbs;

/// <summary>A command that prints what the metadata says, for people or for programs.</summary>
public abstract record AnswerVerb : MetadataVerb
{
    [Option("json", HelpText = "JSON instead of text.")]
    public bool Json { get; init; }

    protected sealed override bool WantsJson => Json;
}
