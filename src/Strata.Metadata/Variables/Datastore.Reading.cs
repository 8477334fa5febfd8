using System.Runtime.CompilerServices;
using System.Text;
using Strata.Core;
using Strata.Metadata.Expressions;
using Strata.Metadata.Names;

namespace Strata.Metadata;

/// <content>Reading: BitBake's order of variant, defaults, edits, expansion and removes.</content>
public sealed partial class Datastore
{
    /// <summary>About where BitBake's interpreter gives up.</summary>
    private const int DeepestNesting = 300;

    /// <summary>In characters. Far more than any real value has; each doubling of a text that doubles itself stops here.</summary>
    private const int LongestValue = 16 << 20;

    /// <summary>How often the references of one text are replaced; each round resolves one level of <c>${A${B}}</c>.</summary>
    private const int MostReplacements = 1000;

    private static readonly Name s_file = Name.Of("FILE");
    private static readonly Name s_inherited = Name.Of("__inherit_cache");

    /// <summary>Everything read since the last change of something that was read.</summary>
    private readonly Dictionary<Name, Expansion> _expanded = [];
    private readonly HashSet<Name> _watched = [];
    private bool _watchesAll;

    /// <summary>What was read since <see cref="ExpandWithinReach"/> began, apart from <see cref="_expanded"/>; null at all other times.</summary>
    private Dictionary<Name, Expansion>? _withinReach;

    /// <summary>The variables whose expansion is under way, outermost first.</summary>
    private List<Name> _reading = [];

    internal string? Read(Name name) => Expanded(name).Value;

    internal string? ReadUnexpanded(Name name) => FindWatched(name) is { } variable ? Assemble(variable).Text : null;

    /// <summary>As it would be read had nothing given it a default.</summary>
    internal string? ReadWithoutDefault(Name name)
    {
        if (FindWatched(name)?.Clone() is not { } variable) return null;
        variable.HidesDefault = true;
        return Assemble(variable).Text;
    }

    internal string? ReadFlag(Name name, string flag, bool expand)
    {
        var text = FindWatched(name)?.FlagValueOrDefault(flag);
        if (text is null || !expand || !text.Contains("${", StringComparison.Ordinal)) return text;
        Enter(Name.Of($"{name.Text}[{flag}]"));
        try
        {
            return Expand(text, name);
        }
        finally
        {
            _reading.RemoveAt(_reading.Count - 1);
        }
    }

    /// <summary>As BitBake lists them: those whose names begin with an underscore or colon are its own.</summary>
    private List<KeyValuePair<string, string>>? ReadFlags(Name name)
    {
        List<KeyValuePair<string, string>> flags = [];
        foreach (var flag in FindWatched(name)?.Flags ?? [])
            if ((flag.Value ?? flag.Default) is { } value && flag.Name[0] is not ('_' or ':')) flags.Add(new(flag.Name, value));
        return flags.Count == 0 ? null : flags;
    }

    /// <summary>
    /// Expands as far as possible: an expression that asks for more than Strata evaluates stays as it is written, with everything
    /// around it in its present state, and is an error whenever the result is read.
    /// </summary>
    internal string ExpandWithinReach(string text, Name variable)
    {
        _withinReach = [];
        try
        {
            return Expand(text, variable);
        }
        finally
        {
            _withinReach = null;
        }
    }

    private Expansion Expanded(Name name)
    {
        var expanded = _withinReach ?? _expanded;
        if (expanded.TryGetValue(name, out var known)) return known;
        var expansion = FindWatched(name) is { } variable ? ExpandVariable(name, variable) : Expansion.Undefined;
        return expanded[name] = expansion;
    }

    private Expansion ExpandVariable(Name name, Variable variable)
    {
        var (text, removes) = Assemble(variable);
        if (text is null) return Expansion.Undefined;
        if (removes.Count == 0 && !text.Contains("${", StringComparison.Ordinal)) return new(text, text, []);

        Enter(name);
        try
        {
            var value = Expand(text, name);
            return removes.Count == 0 || value.Length == 0 ? new(text, value, []) : Remove(text, value, removes);
        }
        finally
        {
            _reading.RemoveAt(_reading.Count - 1);
        }
    }

    /// <summary>Winning variant or own value or default, then appends, then prepends; with the removes to apply after expansion.</summary>
    private (string? Text, List<string> Removes) Assemble(Variable variable)
    {
        string? text = null;
        List<string> removes = [];
        if (!variable.Variants.IsEmpty && ActiveOverrides().Winner(variable.Variants.Items) is { } winner)
        {
            var expansion = Expanded(winner);
            text = expansion.Unexpanded;
            removes.AddRange(expansion.RemovesUsed);
        }
        text ??= variable.ValueOrDefault;
        foreach (var edit in variable.Appends)
            if (IsActive(edit)) text += edit.Text;
        foreach (var edit in variable.Prepends)
            if (IsActive(edit)) text = edit.Text + text;
        foreach (var edit in variable.Removes)
            if (IsActive(edit) && !removes.Contains(edit.Text)) removes.Add(edit.Text);
        return (text, removes);
    }

    private bool IsActive(Edit edit) => edit.Condition is null || ActiveOverrides().Allows(edit.Condition);

    /// <summary>Drops words and keeps every blank. Remembers which removes took something: only those reach a variable this one is a variant of.</summary>
    private Expansion Remove(string text, string value, List<string> removes)
    {
        var words = removes.ConvertAll(r => (Text: r, Words: Words.Of(Expand(r, variable: null))));
        var used = new List<string>();
        var kept = new StringBuilder(value.Length);
        foreach (var piece in Words.SplitKeepingBlanks(value))
        {
            var takers = words.Where(w => w.Words.Contains(piece)).Select(w => w.Text).ToArray();
            if (takers.Length == 0) _ = kept.Append(piece);
            else used.AddRange(takers.Except(used));
        }
        return new(text, used.Count == 0 ? value : kept.ToString(), [.. used]);
    }

    private void Enter(Name name)
    {
        var from = _reading.IndexOf(name);
        if (from >= 0) throw new ExpansionException(MetadataRules.RefersToItself(PlaceOf(name), _reading[from..].Append(name).Select(n => n.Text)));
        if (_reading.Count >= DeepestNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ExpansionException(MetadataRules.NestedTooDeep(PlaceOf(name), _reading.Select(n => n.Text)));
        _reading.Add(name);
    }

    /// <summary>Replaces references until nothing changes: names first, then expressions, whose results are expanded again.</summary>
    private string Expand(string text, Name? variable)
    {
        for (var round = 0; text.Contains("${", StringComparison.Ordinal); round++)
        {
            var before = text;
            text = ExpandExpressions(ExpandNames(text, variable), variable);
            if (text == before) break;
            if (round == MostReplacements) throw new ExpansionException(MetadataRules.NeverSettles(variable is null ? default : PlaceOf(variable), variable?.Text ?? "a text", MostReplacements));
        }
        return text;
    }

    private string ExpandNames(string text, Name? variable)
    {
        StringBuilder? result = null;
        var copied = 0;
        for (var at = 0; References.TryFindName(text, at, out var start, out var end); at = end)
        {
            var name = Name.Of(text.AsSpan(start + 2, end - start - 3));
            var value = _withinReach is not null && IsInsideExpression(text, start) ? ReadWhole(name) : Read(name);
            if (value is null) continue;
            if (start == 0 && end == text.Length) return value;
            result ??= new(text.Length + value.Length);
            _ = result.Append(text, copied, start - copied).Append(value);
            copied = end;
            CheckLength(result, variable);
        }
        return result?.Append(text, copied, text.Length - copied).ToString() ?? text;
    }

    private static bool IsInsideExpression(string text, int place)
    {
        for (var at = 0; References.TryFindExpression(text, at, out var start, out var end) && start < place; at = end)
            if (place < end) return true;
        return false;
    }

    /// <summary>Null if a part of the value is out of reach: Python must not see half-expanded texts.</summary>
    private string? ReadWhole(Name name)
    {
        var kept = _withinReach;
        _withinReach = null;
        try
        {
            return Read(name);
        }
        catch (ExpansionException e) when (e.IsOutOfReach)
        {
            return null;
        }
        finally
        {
            _withinReach = kept;
        }
    }

    private void CheckLength(StringBuilder result, Name? variable)
    {
        if (result.Length > LongestValue)
            throw new ExpansionException(MetadataRules.TooLong(variable is null ? default : PlaceOf(variable), variable?.Text ?? "a text", LongestValue));
    }

    private string ExpandExpressions(string text, Name? variable)
    {
        StringBuilder? result = null;
        var copied = 0;
        for (var at = 0; References.TryFindExpression(text, at, out var start, out var end); at = end)
        {
            var expression = text[(start + 3)..(end - 1)];
            if (References.TryFindName(expression, 0, out _, out _)) continue;
            // BitBake gives up on the whole text when a substituted value has broken the quotes of one expression.
            if (!TryEvaluate(expression, variable, out var value)) return text;
            result ??= new(text.Length);
            _ = result.Append(text, copied, start - copied).Append(value);
            copied = end;
            CheckLength(result, variable);
        }
        return result?.Append(text, copied, text.Length - copied).ToString() ?? text;
    }

    private bool TryEvaluate(string expression, Name? variable, out string value)
    {
        var kept = _withinReach;
        _withinReach = null;
        try
        {
            value = InlineExpression.Evaluate(expression, _scope);
            return true;
        }
        catch (ExpansionException e) when (e.IsOutOfReach && kept is not null)
        {
            value = $"${{@{expression}}}";
            return true;
        }
        catch (ExpressionException e) when (kept is not null && IsOutOfReach(e))
        {
            value = $"${{@{expression}}}";
            return true;
        }
        catch (ExpressionException e) when (e.Kind == ExpressionException.UnterminatedString)
        {
            value = "";
            return false;
        }
        catch (ExpressionException e)
        {
            throw new ExpansionException(MetadataRules.ExpressionFailed(variable is null ? default : PlaceOf(variable), variable?.Text ?? "", expression, e))
            {
                ExceptionName = e.Kind,
                IsUncertain = e.Function is not null || IsOutOfReach(e),
                IsOutOfReach = IsOutOfReach(e),
            };
        }
        finally
        {
            _withinReach = kept;
        }
    }

    private static bool IsOutOfReach(ExpressionException failure) => failure.Kind is ExpressionException.Impure or ExpressionException.Unsupported;

    /// <summary>Where a file assigned the variable last.</summary>
    internal SourceSpan PlaceOf(Name name)
    {
        for (var entry = Find(name)?.History; entry is not null; entry = entry.Earlier)
            if (!entry.Statement.Place.IsNowhere) return entry.Statement.Place;
        return default;
    }

    private Variable? FindWatched(Name name)
    {
        Watch(name);
        return Find(name);
    }

    private void Watch(Name name)
    {
        _ = _watched.Add(name);
        if (_settlingOverrides) _ = _overrideInputs.Add(name);
    }
}
