using System.Collections.Immutable;
using Strata.Cache;
using Strata.Cli.Terminal;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Cli.Serving;

/// <summary>One build for a client: what is said about it goes to the log, and errors to the client too.</summary>
internal sealed class ServedBuild : IDisposable
{
    private readonly Workspace _workspace;
    private readonly PlainConsole _log;
    private readonly Session _session;
    private ImmutableList<Diagnostic> _errors = [];

    public ServedBuild(Workspace workspace, CommandContext context, bool verbose)
    {
        var events = new EventStream();
        _workspace = workspace;
        _log = new(context.Output, verbose);
        _session = new(workspace, context.Environment, events);
        events.Subscribe(_log.Show);
        events.Subscribe(Collect);
    }

    public void Dispose() => _log.Dispose();

    /// <exception cref="RegistryException">It cannot be read.</exception>
    public Datastore Configuration(CancellationToken cancel) => _session.LoadConfiguration(cancel) ?? throw Failed();

    /// <param name="unknown">The error for packages that nobody makes.</param>
    /// <exception cref="RegistryException">The metadata cannot be read, packages are unknown, or their licences forbid it.</exception>
    public (LoadedMetadata Metadata, TaskGraph Graph) Plan(string target, Func<string, RegistryError> unknown, CancellationToken cancel)
    {
        if (_session.Load(cancel) is not { } metadata) throw Failed();
        if (_session.Resolve(metadata, [target], cancel) is not { } graph)
            throw _errors.Any(GraphRules.IsUnknownPackage) ? new RegistryException(unknown(Said(GraphRules.IsUnknownPackage))) : Failed();
        return _session.MayShip(metadata, graph) ? (metadata, graph) : throw new RegistryException(RegistryError.Denied(Said(_ => true)));
    }

    /// <summary>The directory with what the task makes.</summary>
    /// <exception cref="RegistryException">The build failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<string> MakeAsync(LoadedMetadata metadata, TaskGraph graph, string task, BuildSettings settings)
    {
        if (await _session.ExecuteAsync(metadata, graph, settings, settings.Stop) is not var (outcome, _)) throw Failed();
        if (outcome.Cancelled) throw new OperationCanceledException(settings.Stop);
        if (!outcome.Succeeded) throw Failed($"{string.Join(", ", outcome.Failed)} failed; ");
        using var store = ArtifactStore.Open(Places.Of(metadata.Configuration, _workspace).Store);
        return store.PathOf(outcome.Artifacts[task]);
    }

    private RegistryException Failed(string what = "") => new(RegistryError.BuildFailed($"{what}{(_errors.IsEmpty ? "the log of the registry says more" : Said(_ => true))}"));

    /// <summary>Without places: they are paths of this machine.</summary>
    private string Said(Func<Diagnostic, bool> which) => string.Join("; ", _errors.Where(which).Select(e => e.Hint is null ? e.Message : $"{e.Message} ({e.Hint})"));

    private void Collect(BuildEvent happened)
    {
        if (happened is DiagnosticReported { Diagnostic: { Severity: Severity.Error } error }) ImmutableInterlocked.Update(ref _errors, errors => errors.Add(error));
    }
}
