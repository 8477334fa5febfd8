using System.Collections.Concurrent;
using System.Collections.Frozen;
using Strata.Graph.Shell;
using Strata.Metadata;

namespace Strata.Graph.Keys;

/// <summary>What the configuration says about keys, and what the analyses of its recipes share.</summary>
/// <param name="configuration">What every recipe starts from.</param>
/// <param name="exact">
/// True: BitBake's answer to the letter. False: for Strata's own keys, which also follow commands that BitBake overlooks.
/// </param>
internal sealed class KeySettings(Datastore configuration, bool exact)
{
    // What oe-core sets, without [dirs], [cleandirs] and [umask]: these flags change when a task runs and not what it makes.
    private const string UsualExcludedFlags =
        "doc deps depends lockfiles vardepsexclude vardeps vardepvalue vardepvalueexclude file-checksums python task nostamp prefuncs postfuncs "
        + "export_func deptask rdeptask recrdeptask recideptask rdepends stamp-extra-info filename lineno progress mcdepends number_threads "
        + "network func noexec resources";

    private readonly ConcurrentDictionary<string, TextReferences> _references = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ShellCommands> _commands = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, FrozenSet<string>> _wordSets = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<VariableAnalysis> _idle = [];

    public bool IsExact => exact;

    public NameTable Names { get; } = new();

    public ShapeTable Shapes { get; } = new();

    /// <summary>BB_BASEHASH_IGNORE_VARS.</summary>
    public FrozenSet<string> IgnoredVariables { get; } = WordList.Of(configuration.Get("BB_BASEHASH_IGNORE_VARS")).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// BB_SIGNATURE_EXCLUDE_FLAGS. Where it is empty BitBake hashes no flag at all; a Strata key then leaves out the usual ones only,
    /// since flags such as <c>SRC_URI[sha256sum]</c> decide what a task makes. The same object for the same words.
    /// </summary>
    public FrozenSet<string> ExcludedFlags(Datastore variables)
    {
        var words = variables.Get("BB_SIGNATURE_EXCLUDE_FLAGS") ?? "";
        if (!exact && string.IsNullOrWhiteSpace(words)) words = UsualExcludedFlags;
        return _wordSets.GetOrAdd(words, static w => WordList.Of(w).ToFrozenSet(StringComparer.Ordinal));
    }

    public TextReferences ReferencesIn(string text) =>
        text.Contains("${", StringComparison.Ordinal) ? _references.GetOrAdd(text, TextReferences.In) : TextReferences.None;

    /// <summary>The commands of a text that needs no expansion; many recipes have it.</summary>
    public ShellCommands CommandsIn(string shell) => _commands.GetOrAdd(shell, ShellCommands.In);

    /// <summary>An analysis of these variables that nobody else uses; to be given back.</summary>
    public VariableAnalysis Rent(Datastore variables)
    {
        if (!_idle.TryTake(out var analysis)) analysis = new(this);
        analysis.Begin(variables);
        return analysis;
    }

    public void Return(VariableAnalysis analysis) => _idle.Add(analysis);
}
