using System.Collections.Immutable;
using Strata.Cli.Layers;
using Strata.Cli.NoOp;
using Strata.Core;
using Strata.Metadata;
using Strata.Packaging;

namespace Strata.Cli.Serving;

/// <summary>
/// Images of the recipe <c>served-image</c>, which puts the packages of a name together. One build at a time; who asks for an image that
/// is being built waits for that build.
/// </summary>
/// <param name="stop">Ends what is being built.</param>
internal sealed class WorkspaceImages(Workspace workspace, CommandContext context, int jobs, bool verbose, CancellationToken stop) : IServedImages, IAsyncDisposable
{
    private const string Recipe = "served-image";
    private const string ImageTask = $"{Recipe}:do_image_oci";
    private const string PackagesVariable = "SERVED_PACKAGES";
    private const string MachineVariable = "MACHINE";
    private const string Latest = "latest";
    private const int MostWaiting = 32;
    private static readonly string[] s_request = ["serve", ImageTask];

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, Task<LayoutImages>> _underWay = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _current = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> _served = new(StringComparer.Ordinal);

    public async Task<ImmutableArray<string>> TagsAsync(ServedName name, CancellationToken cancel)
    {
        using var build = new ServedBuild(Variant(name, Latest), context, verbose);
        await _turn.WaitAsync(cancel);
        try
        {
            _ = build.Plan(ImageTask, RegistryError.NameUnknown, cancel);
            return [.. Machines(build.Configuration(cancel)).Append(Latest).Order(StringComparer.Ordinal)];
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task<LayoutImages> FindAsync(ServedName name, string tag, CancellationToken cancel)
    {
        var key = $"{name.Key}:{tag}";
        lock (_gate)
        {
            if (!_underWay.TryGetValue(key, out var found))
            {
                if (_underWay.Count == MostWaiting) throw new RegistryException(RegistryError.TooManyRequests());
                found = _underWay[key] = Task.Run(() => FindInTurnAsync(name, tag, key), CancellationToken.None);
            }
            // A client that gives up does not end the build: it will ask again.
            return found.WaitAsync(cancel);
        }
    }

    public ImmutableArray<LayoutImages> Served(ServedName name)
    {
        lock (_gate) return [.. _served.GetValueOrDefault(name.Key, []).Where(LayoutImages.Exists).Select(directory => new LayoutImages(directory))];
    }

    public async ValueTask DisposeAsync()
    {
        Task[] left;
        lock (_gate) left = [.. _underWay.Values];
        await Task.WhenAll(left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _turn.Dispose();
    }

    private async Task<LayoutImages> FindInTurnAsync(ServedName name, string tag, string key)
    {
        try
        {
            await _turn.WaitAsync(stop);
            try
            {
                var directory = await CurrentAsync(name, tag, key);
                lock (_gate)
                {
                    _current[key] = directory;
                    _served[name.Key] = [directory, .. _served.GetValueOrDefault(name.Key, []).Where(d => d != directory)];
                }
                return new(directory);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException)
        {
            throw new RegistryException(RegistryError.Stopping());
        }
        finally
        {
            lock (_gate) _underWay.Remove(key);
        }
    }

    /// <summary>The layout of the last time while nothing has changed that it was made from.</summary>
    private async Task<string> CurrentAsync(ServedName name, string tag, string key)
    {
        var variant = Variant(name, tag);
        if (_current.TryGetValue(key, out var known) && LayoutImages.Exists(known) && FinishedBuild.StillStands(variant, s_request)) return known;

        if (tag != Latest) CheckMachine(tag);
        using var build = new ServedBuild(variant, context, verbose);
        var begun = Clock.Now;
        var (metadata, graph) = build.Plan(ImageTask, RegistryError.ManifestUnknown, stop);
        var artifact = await build.MakeAsync(metadata, graph, ImageTask, new(jobs, KeepGoing: false, DryRun: false) { Stop = stop });
        FinishedBuild.Remember(variant, s_request, FinishedBuild.InputsOf(metadata, graph), [], begun);
        return Directory.EnumerateDirectories(artifact, "*.oci").Single();
    }

    /// <summary>Before anything is read for it: the name comes from a stranger.</summary>
    private void CheckMachine(string tag)
    {
        using var build = new ServedBuild(workspace, context, verbose);
        var machines = Machines(build.Configuration(stop));
        if (machines.Contains(tag)) return;
        var hint = Suggest.Nearest(tag, machines.Append(Latest)) is { } near ? $"did you mean '{near}'?" : $"it can be {Latest} or one of: {string.Join(' ', machines)}";
        throw new RegistryException(RegistryError.ManifestUnknown($"the tag is a machine, and there is none of that name; {hint}"));
    }

    private static ImmutableArray<string> Machines(Datastore configuration) =>
        [.. Words.Of(configuration.Get("BBLAYERS")).SelectMany(layer => ConfigurationNames.In(layer, "machine")).Distinct(StringComparer.Ordinal)];

    private Workspace Variant(ServedName name, string tag)
    {
        var variables = workspace.Variables.SetItem(PackagesVariable, string.Join(' ', name.Packages));
        return workspace with { Variables = tag == Latest ? variables : variables.SetItem(MachineVariable, tag) };
    }
}
