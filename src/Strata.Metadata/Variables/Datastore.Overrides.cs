using Strata.Metadata.Names;

namespace Strata.Metadata;

/// <content>OVERRIDES, which is itself a variable that may have variants and edits.</content>
public sealed partial class Datastore
{
    private const int MostRounds = 5;

    private static readonly Name s_overrides = Name.Of("OVERRIDES");

    private OverrideSet? _overrides;

    /// <summary>What the value of OVERRIDES was made from. Replaced, not cleared: copies of this store share it.</summary>
    private HashSet<Name> _overrideInputs = [];
    private bool _settlingOverrides;

    /// <summary>The overrides of the variant whose value the variable has, such as <c>arm</c>; null when none is in force.</summary>
    public string? WinningVariant(string name)
    {
        if (Name.Find(name) is not { } known) return null;
        lock (_gate) return Find(known)?.Variants is { IsEmpty: false } variants ? ActiveOverrides().Winner(variants.Items)?.Text[(name.Length + 1)..] : null;
    }

    private OverrideSet ActiveOverrides() => _overrides ?? SettleOverrides();

    /// <summary>Evaluates OVERRIDES with no override in force, then with the result in force, until it stays the same.</summary>
    private OverrideSet SettleOverrides()
    {
        var outer = _reading;
        (_reading, _overrideInputs, _settlingOverrides) = ([], [], true);
        try
        {
            _overrides = new("");
            _overrides = Evaluate();
            List<string> rounds = [string.Join(':', _overrides.Words)];
            for (var round = 0; round < MostRounds; round++)
            {
                var next = Evaluate();
                var isStable = next.Words.AsSpan().SequenceEqual(_overrides.Words.AsSpan());
                _overrides = next;
                if (isStable) return next;
                rounds.Add(string.Join(':', next.Words));
            }
            throw new ExpansionException(MetadataRules.OverridesNotStable(PlaceOf(s_overrides), rounds));
        }
        catch
        {
            _overrides = null;
            throw;
        }
        finally
        {
            (_reading, _settlingOverrides) = (outer, false);
        }

        OverrideSet Evaluate()
        {
            // What is watched stays so: the read that made us settle goes on afterwards.
            _expanded.Clear();
            return new(Read(s_overrides));
        }
    }

    /// <summary>Drops what was worked out from the old state of the variable.</summary>
    private void Changed(Name name)
    {
        var isStale = _watchesAll;
        foreach (var affected in name.Affects)
        {
            if (_overrides is not null && _overrideInputs.Contains(affected)) _overrides = null;
            else if (!_watched.Contains(affected)) continue;
            isStale = true;
        }
        if (!isStale) return;
        _expanded.Clear();
        _watched.Clear();
        _watchesAll = false;
    }
}
