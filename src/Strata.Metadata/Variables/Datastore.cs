using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata.Expressions;
using Strata.Metadata.Names;
using Strata.Metadata.Syntax;

namespace Strata.Metadata;

/// <summary>
/// The variables of a configuration or recipe. Nothing is applied before it is read: variants, edits and references are worked
/// out by <see cref="Get"/>. Reading is safe from several threads; writing is not, make a <see cref="Copy"/> first.
/// </summary>
public sealed partial class Datastore
{
    private readonly Lock _gate = new();
    private readonly ExpressionScope _scope;
    private VariableLayer? _shared;
    private Dictionary<Name, Variable> _own = [];
    private ConfigurationReads? _reads;
    private int _statements;
    private Surroundings _surroundings = Surroundings.Empty;

    /// <summary>An empty store.</summary>
    public Datastore() => _scope = new(this);

    /// <summary>The tasks declared so far, as written in <c>addtask</c>.</summary>
    internal ImmutableArray<Name> TaskNames { get; private set; } = [];

    /// <summary>Absolute paths of the classes inherited so far, in order.</summary>
    public ImmutableArray<string> InheritedClasses { get; private set; } = [];

    /// <summary>Anonymous Python functions and event handlers met so far, none of which ran: values that they would make are missing.</summary>
    public ImmutableArray<SourceSpan> SkippedPython { get; internal set; } = [];

    /// <summary>Where what functions say is collected while variables are read; null drops it.</summary>
    internal Diagnostics? Messages { get; set; }

    /// <summary>What expressions see beside the variables.</summary>
    internal Surroundings Surroundings
    {
        get => _surroundings;
        set
        {
            _surroundings = value;
            _expanded.Clear();
            _overrides = null;
        }
    }

    /// <summary>Classes that wait for the end of the recipe, also those that the configuration's classes deferred.</summary>
    internal ImmutableQueue<InheritStatement> Deferred { get; set; } = [];

    /// <summary>Every variable with a value, a default, an edit, a flag or an active variant; sorted.</summary>
    public ImmutableArray<string> Names
    {
        get
        {
            lock (_gate) return [.. ListNames().Select(n => n.Text).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>The words of OVERRIDES in force, lowest priority first.</summary>
    public ImmutableArray<string> Overrides
    {
        get
        {
            lock (_gate) return ActiveOverrides().Words;
        }
    }

    /// <summary>An independent store with the same content; cheap, since the two share it until one of them changes it.</summary>
    public Datastore Copy()
    {
        lock (_gate)
        {
            if (_own.Count > 0)
            {
                _shared = new(_shared, _own);
                _own = [];
            }
            return new()
            {
                _shared = _shared,
                _reads = _reads,
                _statements = _statements,
                TaskNames = TaskNames,
                InheritedClasses = InheritedClasses,
                SkippedPython = SkippedPython,
                Deferred = Deferred,
                _overrides = _overrides,
                _overrideInputs = _overrideInputs,
                _surroundings = _surroundings,
                Messages = Messages,
            };
        }
    }

    /// <summary>The final value: variant, edits and references worked out; null when undefined.</summary>
    /// <exception cref="ExpansionException">The value cannot be expanded.</exception>
    public string? Get(string name)
    {
        if (Name.Find(name) is not { } known) return null;
        lock (_gate) return Read(known);
    }

    /// <summary>Winning variant, appends and prepends applied; nothing expanded, nothing removed.</summary>
    public string? GetUnexpanded(string name)
    {
        if (Name.Find(name) is not { } known) return null;
        lock (_gate) return ReadUnexpanded(known);
    }

    public string? GetFlag(string name, string flag)
    {
        if (Name.Find(name) is not { } known) return null;
        lock (_gate) return ReadFlag(known, flag, expand: true);
    }

    public string? GetFlagUnexpanded(string name, string flag)
    {
        if (Name.Find(name) is not { } known) return null;
        lock (_gate) return ReadFlag(known, flag, expand: false);
    }

    /// <summary>Sorted; without those that start with an underscore.</summary>
    public ImmutableArray<string> FlagNames(string name)
    {
        if (Name.Find(name) is not { } known) return [];
        lock (_gate)
            return Find(known)?.Flags is { Length: > 0 } flags
                ? [.. flags.Where(f => f.Value is not null || f.Default is not null).Select(f => f.Name).Where(f => !f.StartsWith('_')).Order(StringComparer.Ordinal)]
                : [];
    }

    public string Expand(string text)
    {
        lock (_gate) return Expand(text, variable: null);
    }

    /// <summary>Replaces each inline expression by its result, once: the result may hold references again.</summary>
    /// <exception cref="ExpansionException">An expression fails.</exception>
    public string EvaluateExpressions(string text)
    {
        lock (_gate) return ExpandExpressions(text, variable: null);
    }

    /// <summary>Replaces the value, its edits and its active variants; as an assignment if the name ends in an edit operator.</summary>
    public void Set(string name, string value)
    {
        lock (_gate) SetHard(Name.Of(name), value);
    }

    public void SetFlag(string name, string flag, string value)
    {
        lock (_gate) SetFlag(Name.Of(name), flag, value, statement: null);
    }

    /// <summary>The unexpanded texts of the <c>:remove</c> edits in force.</summary>
    public ImmutableArray<string> ActiveRemoves(string name)
    {
        if (Name.Find(name) is not { } known) return [];
        lock (_gate) return Find(known)?.Removes is { Length: > 0 } removes ? [.. removes.Where(e => ActiveOverrides().Allows(e.Condition)).Select(e => e.Text)] : [];
    }

    /// <summary>The <c>def</c> of this name, for expressions.</summary>
    internal PythonFunction? FindFunction(string name) => FindWatched(Name.Of(name))?.Function;

    internal Variable? Find(Name name) => _own.TryGetValue(name, out var own) ? own : _shared?.Find(name, _reads);

    /// <summary>Puts everything into one layer with the quickest look-up; for the configuration, which all recipes share.</summary>
    internal void Flatten()
    {
        _ = Copy();
        _shared = _shared?.Flatten();
    }

    /// <summary>A copy of this configuration that, with its own copies, remembers what it reads of it.</summary>
    internal Datastore CopyWatched(ConfigurationReads reads)
    {
        foreach (var name in _overrideInputs) reads.Add(name);      // their result is copied, so they will not be read again
        var copy = Copy();
        copy._reads = reads;
        return copy;
    }

    /// <summary>The names whose own content was assigned since this store was copied, in order of their first assignment.</summary>
    internal ImmutableArray<Name> OwnNames() => [.. _own.Where(v => !v.Value.IsBare).Select(v => v.Key)];

    internal IEnumerable<Name> ListNames()
    {
        var overrides = ActiveOverrides();
        foreach (var (name, variable) in Content())
            if (!variable.IsBare || variable.Variants.Items.Any(v => overrides.Allows(v.Key))) yield return name;
    }

    private Dictionary<Name, Variable> Content()
    {
        _reads?.AddAll();
        if (_shared is null) return _own;
        if (_own.Count == 0) return _shared.Content();
        var content = new Dictionary<Name, Variable>(_shared.Content());
        foreach (var (name, variable) in _own) content[name] = variable;
        return content;
    }

    /// <summary>What an inline expression sees; runs inside a read of this store, under its lock.</summary>
    private sealed class ExpressionScope(Datastore store) : IWritableScope
    {
        public IWritableScope Copy()
        {
            // What is read through the copy is not noted anywhere, so any change makes what was made of it stale.
            if (store._settlingOverrides) throw new ExpressionException(ExpressionException.Unsupported, "a copy of 'd' while OVERRIDES is being made is not evaluated by Strata");
            store._watchesAll = true;
            return store.Copy()._scope;
        }

        public void Set(string name, string value)
        {
            try
            {
                store.SetHard(Name.Of(name), value);
            }
            catch (MetadataException e)
            {
                throw new ExpressionException("BBHandledException", e.Message);
            }
        }

        public void SetFlag(string name, string flag, string value) => store.SetFlag(Name.Of(name), flag, value, statement: null);

        public void Delete(string name) => store.Delete(Name.Of(name), statement: null);

        public IEnumerable<string> Tasks => store.TaskNames.Select(t => t.Text);

        public IReadOnlyList<string>? GetPredecessors(string task) => store.FindWatched(Name.Of(task))?.After;

        /// <summary>BitBake's own variable, which <c>inherits_class</c> reads.</summary>
        private const string InheritCache = "__inherit_cache";

        public void Report(Severity severity, string text)
        {
            var place = store._reading is [.., var variable] ? store.PlaceOf(variable) : default;
            if (place.IsNowhere && store.Find(s_file)?.Value is { } file) place = new(file);
            store.Messages?.Add(MetadataRules.Said(place, severity, text));
        }

        public IEnumerable<string> VariableNames => store.ListNames().Select(n => n.Text);

        public string? Get(string name, bool expand)
        {
            if (name == InheritCache)
            {
                store.Watch(s_inherited);
                return string.Join(' ', store.InheritedClasses);
            }
            return expand ? store.Read(Name.Of(name)) : store.ReadUnexpanded(Name.Of(name));
        }

        public string? GetFlag(string name, string flag, bool expand) => store.ReadFlag(Name.Of(name), flag, expand);

        public IReadOnlyList<KeyValuePair<string, string>>? GetFlags(string name) => store.ReadFlags(Name.Of(name));

        public string Expand(string text) => store.Expand(text, variable: null);

        public PythonFunction? FindFunction(string name) => store.FindFunction(name);

        public PythonModule? FindModule(string name) => store._surroundings.Modules.GetValueOrDefault(name);

        public int Processors => store._surroundings.Processors;

        public string BuildArchitecture => store._surroundings.BuildArchitecture;
    }
}
