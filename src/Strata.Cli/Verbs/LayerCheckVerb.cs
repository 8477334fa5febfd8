using CommandLine;
using Strata.Cli.Answers;
using Strata.Cli.Layers;
using Strata.Cli.Usage;

namespace Strata.Cli.Verbs;

[Verb("layer check", HelpText = "Check a layer against the Yocto Project's rules of compatibility, and that adding it changes no recipe of others.")]
[Examples("strata layer check my-product", "strata layer check meta-vendor --json")]
public sealed record LayerCheckVerb : AnswerVerb
{
    [Value(0, MetaName = "LAYER", Required = true, HelpText = "Name or directory of a layer of the workspace.")]
    public string Layer { get; init; } = "";

    protected override ExitCode Answer(Question question, CancellationToken cancel)
    {
        if (question.FindLayer(Layer) is not { } layer) return question.Refuse(question.UnknownLayer(Layer));
        var answer = new LayerChecker(question, layer).Check(cancel);
        _ = question.Answer(answer, AnswerJson.Readable.LayerCheckAnswer, a => a.Text());
        return answer.Passed ? ExitCode.Success : ExitCode.BuildFailed;
    }
}
