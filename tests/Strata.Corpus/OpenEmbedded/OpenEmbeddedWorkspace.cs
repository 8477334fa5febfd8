using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata;

namespace Strata.Corpus.OpenEmbedded;

/// <summary>A throw-away build directory with the configuration that the recorded values were made with.</summary>
internal sealed class OpenEmbeddedWorkspace : IDisposable
{
    private const string Configuration = """
        MACHINE ??= "qemux86-64"
        USER_CLASSES ?= "buildstats"
        PATCHRESOLVE = "noop"
        CONNECTIVITY_CHECK_URIS = ""
        BB_NO_NETWORK = "1"
        CONF_VERSION = "2"

        """;

    private readonly string _top = Directory.CreateTempSubdirectory("strata-oe-").FullName;

    /// <param name="layers">Absolute paths of the layers, the core layer first.</param>
    public OpenEmbeddedWorkspace(params IEnumerable<string> layers)
    {
        _ = Directory.CreateDirectory(Path.Combine(_top, "conf"));
        File.WriteAllText(Path.Combine(_top, "conf/bblayers.conf"), $"BBPATH = \"${{TOPDIR}}\"\nBBFILES ?= \"\"\nBBLAYERS = \"{string.Join(' ', layers)}\"\n");
        File.WriteAllText(Path.Combine(_top, "conf/local.conf"), Configuration);
    }

    public string Top => _top;

    public LoadedMetadata Load(Diagnostics diagnostics) => MetadataLoader.Load(new()
    {
        TopDirectory = _top,
        Variables = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", "/usr/local/bin:/usr/bin:/bin"),
        BuildArchitecture = "x86_64",
        Processors = Environment.ProcessorCount,
        Threads = Environment.ProcessorCount,
    }, diagnostics, CancellationToken.None);

    public void Dispose() => Directory.Delete(_top, recursive: true);
}
