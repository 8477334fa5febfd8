using System.Collections.Concurrent;
using System.Collections.Frozen;
using Strata.Graph.Shell;
using Strata.Metadata;

namespace Strata.Graph.Keys;

/// <summary>What the configuration says about keys, and the scans of texts that recipes share.</summary>
internal sealed class KeySettings(Datastore configuration)
{
    // What oe-core sets, without [dirs], [cleandirs] and [umask]: these flags change when a task runs and not what it makes.
    private const string UsualExcludedFlags =
        "doc deps depends lockfiles vardepsexclude vardeps vardepvalue vardepvalueexclude file-checksums python task nostamp prefuncs postfuncs "
        + "export_func deptask rdeptask recrdeptask recideptask rdepends stamp-extra-info filename lineno progress mcdepends number_threads "
        + "network func noexec resources";

    private readonly ConcurrentDictionary<string, TextReferences> _references = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ShellCommands> _commands = new(StringComparer.Ordinal);

    /// <summary>BB_BASEHASH_IGNORE_VARS.</summary>
    public FrozenSet<string> IgnoredVariables { get; } = WordList.Of(configuration.Get("BB_BASEHASH_IGNORE_VARS")).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// BB_SIGNATURE_EXCLUDE_FLAGS. Where it is empty BitBake hashes no flag at all; a Strata key then leaves out the usual ones only,
    /// since flags such as <c>SRC_URI[sha256sum]</c> decide what a task makes.
    /// </summary>
    public static FrozenSet<string> ExcludedFlags(Datastore variables, bool exact)
    {
        var words = WordList.Of(variables.Get("BB_SIGNATURE_EXCLUDE_FLAGS"));
        return (words.Length > 0 || exact ? words : WordList.Of(UsualExcludedFlags)).ToFrozenSet(StringComparer.Ordinal);
    }

    public TextReferences ReferencesIn(string text) =>
        text.Contains("${", StringComparison.Ordinal) ? _references.GetOrAdd(text, TextReferences.In) : TextReferences.None;

    public ShellCommands CommandsIn(string shell) => _commands.GetOrAdd(shell, ShellCommands.In);
}
