using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;
using Strata.Execution;
using Strata.Fetch;
using Strata.Metadata;

namespace Strata.Cli.Builtins;

/// <summary>What the tasks about sources share during one build: downloads, mirrors, places that turned out dead.</summary>
public sealed class SourceTools : IDisposable
{
    private readonly DebianArchive _debian;

    private SourceTools(BlobStore blobs, Fetcher fetcher, DebianArchive debian, ImmutableSortedDictionary<string, string> environment) =>
        (Blobs, Fetcher, _debian, Environment) = (blobs, fetcher, debian, environment);

    public BlobStore Blobs { get; }

    public Fetcher Fetcher { get; }

    /// <summary>The caller's environment, for git, apt and decompressors.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; }

    public static SourceTools Open(Places places, Datastore configuration, ImmutableSortedDictionary<string, string> environment, Diagnostics diagnostics)
    {
        var blobs = new BlobStore(places.Downloads);
        var options = new FetchOptions
        {
            DownloadDirectory = places.Downloads,
            Environment = environment,
            Premirrors = Mirrors("PREMIRRORS"),
            Mirrors = Mirrors("MIRRORS"),
            NoNetwork = IsSet("BB_NO_NETWORK"),
            PremirrorsOnly = IsSet("BB_FETCH_PREMIRRORONLY"),
        };
        var debian = new DebianArchive(new() { Directory = Path.Combine(places.Downloads, "debian"), Environment = environment });
        ImmutableArray<IDigestArchive> archives = Words.Of(configuration.Get("DIGEST_ARCHIVES")).Contains("debian") ? [debian] : [];
        return new(blobs, new(options, blobs, archives), debian, environment);

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
        _debian.Dispose();
    }

    /// <summary>The sources that SRC_URI names, or a failed task that says what is wrong with it.</summary>
    internal static SourcePlan Plan(BuiltinContext context)
    {
        var uris = context.Text("SRC_URI");
        var (flags, variables) = SourcePlan.PinNames(uris);
        var diagnostics = new Diagnostics();
        var plan = SourcePlan.Create(new()
        {
            Recipe = context.Task.RecipeName,
            Place = context.Task.Place,
            SourceUris = uris,
            Pins = Present(flags, flag => context.Variable($"SRC_URI[{flag}]")),
            Revisions = Present(variables, context.Variable),
            FileSearchPath = [.. context.Text("FILESPATH").Split(':', StringSplitOptions.RemoveEmptyEntries)],
        }, diagnostics);
        context.Report(diagnostics);
        return plan ?? throw new InvalidOperationException("a source plan without a plan and without an error");
    }

    private static ImmutableSortedDictionary<string, string> Present(ImmutableArray<string> names, Func<string, string?> read) =>
        names.Select(n => (Name: n, Value: read(n))).Where(v => v.Value is not null).ToImmutableSortedDictionary(v => v.Name, v => v.Value!, StringComparer.Ordinal);
}
