using System.Collections.Immutable;
using Strata.Cache;
using Strata.Cli.HostTools;
using Strata.Core;
using Strata.Execution;
using Strata.Fetch;
using Strata.Metadata;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>What the tasks about sources share during one build: downloads, mirrors, places that turned out dead.</summary>
public sealed class SourceTools : IDisposable
{
    private readonly ImmutableArray<IDisposable> _archives;

    private SourceTools(BlobStore blobs, Fetcher fetcher, ImmutableArray<IDisposable> archives, ImmutableSortedDictionary<string, string> environment) =>
        (Blobs, Fetcher, _archives, Environment) = (blobs, fetcher, archives, environment);

    public BlobStore Blobs { get; }

    public Fetcher Fetcher { get; }

    /// <summary>Images of registries that builds use, by digest.</summary>
    internal LayoutImages ImageMirror => new(Path.Combine(Blobs.Root, "images"));

    /// <summary>What stands in for the packages of this machine; null when nothing does.</summary>
    internal BuildEnvironment? BuildEnvironment { get; private init; }

    /// <summary>The caller's environment, for git, apt and decompressors.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; }

    /// <summary>BB_NO_NETWORK.</summary>
    public bool NoNetwork { get; private init; }

    public static SourceTools Open(Workspace workspace, Datastore configuration, ImmutableSortedDictionary<string, string> environment, Diagnostics diagnostics)
    {
        var places = Places.Of(configuration, workspace);
        var blobs = new BlobStore(places.Downloads);
        var options = new FetchOptions
        {
            DownloadDirectory = places.Downloads,
            Environment = environment,
            Premirrors = Mirrors("PREMIRRORS"),
            Mirrors = Mirrors("MIRRORS"),
            NoNetwork = IsSet("BB_NO_NETWORK"),
            PremirrorsOnly = IsSet("BB_FETCH_PREMIRRORONLY"),
            MirrorTarballs = IsSet("BB_GENERATE_MIRROR_TARBALLS"),
            Shallow = IsSet("BB_GIT_SHALLOW"),
            ShallowTarballs = IsSet("BB_GENERATE_SHALLOW_TARBALLS") || (configuration.Get("BB_GENERATE_SHALLOW_TARBALLS") is null && IsSet("BB_GENERATE_MIRROR_TARBALLS")),
            AllowedNetworks = configuration.Get("BB_ALLOWED_NETWORKS") is { } allowed ? [.. Words.Of(allowed)] : null,
        };
        var debian = new DebianArchive(new() { Directory = Path.Combine(places.Downloads, "debian"), Environment = environment });
        var heritage = new SoftwareHeritage(configuration.Get("SOFTWARE_HERITAGE") is { Length: > 0 } address ? address : "https://archive.softwareheritage.org", options);
        var archives = Words.Of(configuration.Get("DIGEST_ARCHIVES")).Select(name => name switch
        {
            "debian" when options.AllowedNetworks is null => debian,     // apt would ask the servers that the host is configured for
            "softwareheritage" => (IDigestArchive)heritage,
            _ => null,
        });
        return new(blobs, new(options, blobs, [.. archives.OfType<IDigestArchive>()]), [debian, heritage], environment)
        {
            BuildEnvironment = BuildEnvironment.Parse(configuration.Get("BUILD_ENVIRONMENT") ?? ""),
            NoNetwork = options.NoNetwork,
        };

        MirrorList Mirrors(string variable)
        {
            if (MirrorList.TryParse(configuration.Get(variable) ?? "", out var list, out var problem)) return list;
            diagnostics.Add(CliRules.BadMirrors(variable, problem));
            return MirrorList.Empty;
        }

        bool IsSet(string variable) => Words.AreYes(configuration.Get(variable));
    }

    public void Dispose()
    {
        Fetcher.Dispose();
        foreach (var archive in _archives) archive.Dispose();
    }

    /// <summary>For each source without a pin an error that says what the pin would be: nobody should have to find that out by hand.</summary>
    internal async Task<ImmutableArray<Diagnostic>> ExplainUnpinnedAsync(BuiltinContext context, CancellationToken cancel)
    {
        var problems = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var source in SourcePlan.OpenSources(Request(context)))
        {
            try
            {
                problems.Add(FetchRules.Unpinned(context.Task.Place, source, context.Task.RecipeName, await Fetcher.FindPinAsync(source, context.Task.Place, cancel)));
            }
            catch (SourceException)
            {
                // Nobody can say; the plan then says what is missing.
            }
        }
        return problems.ToImmutable();
    }

    /// <summary>The sources that SRC_URI names, or a failed task that says what is wrong with it.</summary>
    internal static SourcePlan Plan(BuiltinContext context)
    {
        var diagnostics = new Diagnostics();
        var plan = SourcePlan.Create(Request(context), diagnostics);
        context.Report(diagnostics);
        return plan ?? throw new InvalidOperationException("a source plan without a plan and without an error");
    }

    private static SourceRequest Request(BuiltinContext context) => SourceRequests.Of(context.Task.RecipeName, context.Task.Place, context.Secrets, context.Variable);
}
