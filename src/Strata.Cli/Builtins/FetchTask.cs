using Strata.Execution;
using Strata.Fetch;

namespace Strata.Cli.Builtins;

/// <summary>do_fetch: every source of SRC_URI is in the downloads afterwards.</summary>
internal sealed class FetchTask(SourceTools sources)
{
    public async Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        context.ReportAll(await sources.ExplainUnpinnedAsync(context, cancel));
        var plan = SourceTools.Plan(context);
        var outcomes = await sources.Fetcher.FetchAsync(plan, p => context.Progress(p.What, p.Done, p.Total), cancel);
        foreach (var (source, outcome) in plan.Sources.Zip(outcomes))
        {
            switch (outcome)
            {
                case FetchOutcome.Present: context.Log($"{source.Uri}: present"); break;
                case FetchOutcome.Fetched fetched:
                    foreach (var refusal in fetched.Refusals) context.Log($"{source.Uri}: not from {refusal.Place}: {refusal.Reason}");
                    context.Log($"{source.Uri}: from {fetched.Place}");
                    break;
            }
        }
        context.ReportAll(outcomes.OfType<FetchOutcome.Unavailable>().Select(o => o.Problem));
    }
}
