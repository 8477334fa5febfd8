using Strata.Core;
using Strata.Metadata.Evaluation;
using Strata.Metadata.Layers;

namespace Strata.Metadata.Caching;

/// <summary>The configuration of one load, evaluated once and only if somebody asks for its variables. For several threads.</summary>
internal sealed class ConfigurationSource
{
    private readonly MetadataRequest _request;
    private readonly MetadataFiles _files;
    private readonly Diagnostics _problems = new();
    private readonly Lazy<ConfigurationReader?> _read;
    private readonly Lazy<Datastore> _store;

    public ConfigurationSource(MetadataRequest request, FileTable table)
    {
        (_request, _files) = (request, new(table));
        _read = new(Read);
        _store = new(() => (_read.IsValueCreated ? _read.Value : Workers.OnLargeStack(() => _read.Value))?.Store ?? throw new ExpansionException(FirstError()));
    }

    /// <exception cref="ExpansionException">The files were changed since they were found to be the same as those of an earlier load, and now there is an error.</exception>
    public Lazy<Datastore> Store => _store;

    /// <summary>The files that were used; none before the configuration was evaluated.</summary>
    public IEnumerable<InputFile> Files => _files.Used;

    /// <summary>Evaluates the configuration. Null after adding to <paramref name="diagnostics"/> why it is unusable.</summary>
    /// <param name="isKnown">An earlier load has found that all that nobody may ever read can be evaluated.</param>
    public KnownConfiguration? Evaluate(Func<bool> isKnown, Diagnostics diagnostics)
    {
        if (_read.Value is { } read && !isKnown()) Problems.Guarded(_problems, read.CheckVariants);
        foreach (var problem in _problems.Sorted()) diagnostics.Add(problem);
        if (_read.Value is not { } usable || _problems.HasErrors) return null;
        var known = new KnownConfiguration(usable.Layers, [.. Words.Of(usable.Store.Get("BBMULTICONFIG")).Distinct(StringComparer.Ordinal)], _problems.Sorted());
        usable.Store.Messages = diagnostics;
        return known;
    }

    private Diagnostic FirstError() => _problems.Sorted().Concat(_files.Used.SelectMany(f => f.Problems)).First(d => d.Severity is Severity.Error);

    private ConfigurationReader? Read()
    {
        var reader = new ConfigurationReader(_request, _files, _problems);
        Problems.Guarded(_problems, reader.Read);
        var isUsable = !_problems.HasErrors && !_files.Used.Any(f => f.Problems.Any(p => p.Severity is Severity.Error));
        if (isUsable) reader.Store.Flatten();
        return isUsable ? reader : null;
    }
}
