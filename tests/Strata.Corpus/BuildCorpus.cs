using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Strata.Corpus;

/// <summary>Runs recorded command lines one after the other in one directory: graphs, choices of providers, executions, reruns.</summary>
internal static class BuildCorpus
{
    public static CorpusCase Case(ProjectCase project, Workspace workspace) => new(project.Name, () => Run(project, workspace));

    private static ImmutableArray<Difference> Run(ProjectCase project, Workspace workspace)
    {
        var top = workspace.Write(project);
        try
        {
            var differences = ImmutableArray.CreateBuilder<Difference>();
            var steps = project.Question["steps"]!.AsArray().Zip(project.Expected["steps"]!.AsArray());
            var number = 0;
            foreach (var (step, expected) in steps)
            {
                Prepare(top, step!.AsObject());
                var answers = new BuildAnswers($"step {++number}", expected!.AsObject(), text => workspace.Anonymous(text, top));
                differences.AddRange(answers.Compare(BuildStep.Run(top, step.AsObject())));
            }
            return differences.ToImmutable();
        }
        finally
        {
            Workspace.Delete(top);
        }
    }

    private static void Prepare(string top, JsonObject step)
    {
        if (step["edit"] is JsonObject edits) Workspace.WriteFiles(top, edits);
        foreach (var directory in step["rmtree"] as JsonArray ?? []) Workspace.Delete(Path.Combine(top, (string)directory!));
        File.Delete(BuildStep.TraceOf(top));
    }
}
