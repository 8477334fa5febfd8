using System.Collections.Immutable;
using Strata.Cache;
using Strata.Core;
using Strata.Execution;
using Strata.Graph;
using Strata.Tests.Graph;

namespace Strata.Tests.Execution;

/// <summary>A workspace whose recipes are built for real: shell tasks in sandboxes with the host's tools, a store, a history.</summary>
internal sealed class BuildWorkspace : IDisposable
{
    /// <summary>The usual chain of tasks, small: what is compiled is <c>${TEXT}</c>, what is installed becomes the sysroot.</summary>
    private const string Chain = """
        TEXT ?= "${PN}"
        D = "${WORKDIR}/image"
        do_unpack[cleandirs] = "${WORKDIR}/src"
        do_unpack () {
            echo unpacked > ${WORKDIR}/src/text
        }
        addtask unpack
        do_compile[cleandirs] = "${WORKDIR}/out"
        do_compile[dirs] = "${WORKDIR}/out"
        do_compile[deptask] = "do_sysroot"
        do_compile () {
            test ! -e dirty
            touch dirty
            echo "${TEXT}" > lib
        }
        addtask compile after do_unpack
        do_install[cleandirs] = "${D}"
        do_install () {
            mkdir -p ${D}/lib
            cp ${WORKDIR}/out/lib ${D}/lib/${PN}
        }
        addtask install after do_compile
        do_sysroot[artifact] = "${WORKDIR}/sysroot"
        do_sysroot[mount] = "/build/sysroot"
        do_sysroot () {
            cp -R ${D} ${WORKDIR}/sysroot
        }
        addtask sysroot after do_install before do_build
        """;

    private readonly GraphWorkspace _metadata = new();
    private readonly ArtifactStore _store;
    private readonly BuildHistory _history;

    public BuildWorkspace()
    {
        _metadata.Write("meta-a/classes/chain.bbclass", Chain);
        _store = ArtifactStore.Open(PathOf("store"));
        _history = BuildHistory.Open(PathOf("history.db"));
        Options = new() { TempDirectory = PathOf("tmp"), Jobs = 2, HostTools = true };
    }

    public BuildOptions Options { get; set; }

    public ImmutableSortedDictionary<string, BuiltinTask> Builtins { get; set; } = ImmutableSortedDictionary<string, BuiltinTask>.Empty;

    /// <summary>What the latest build published.</summary>
    public List<BuildEvent> Events { get; } = [];

    public IEnumerable<string> Codes => Events.OfType<DiagnosticReported>().Select(d => d.Diagnostic.Rule.Code);

    public ArtifactStore Store => _store;

    public BuildHistory History => _history;

    public string PathOf(string relative) => _metadata.PathOf(relative);

    /// <summary>A host path in the work directory of a recipe.</summary>
    public string Work(string recipe, string path = "") => PathOf($"tmp/work/target/{recipe}/1.0/{path}");

    public string ArtifactPath(BuildOutcome outcome, string task, string file) => Path.Combine(_store.PathOf(outcome.Artifacts[task]), file);

    public BuildWorkspace Recipe(string name, string text)
    {
        _metadata.Recipe(name, text);
        return this;
    }

    public TaskGraph Graph(params string[] targets) => _metadata.Graph([.. targets]);

    public Task<BuildOutcome> BuildAsync(params string[] targets) => BuildAsync(Graph(targets), TestContext.Current.CancellationToken);

    public async Task<BuildOutcome> BuildAsync(TaskGraph graph, CancellationToken cancel, Action<BuildEvent>? onEvent = null)
    {
        Events.Clear();
        var stream = new EventStream();
        stream.Subscribe(Events.Add);
        if (onEvent is not null) stream.Subscribe(onEvent);
        return await new BuildRunner(Options, _store, _history, Builtins, stream).RunAsync(graph, cancel);
    }

    public void Dispose()
    {
        _store.Dispose();
        _history.Dispose();
        FileTree.Delete(PathOf("store"));
        _metadata.Dispose();
    }
}
