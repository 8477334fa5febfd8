using Strata.Core;
using Strata.Metadata.Names;
using Strata.Metadata.Layers;
using Strata.Metadata.Syntax;

namespace Strata.Metadata.Evaluation;

/// <content>Following other files: include, inherit, fragments.</content>
internal sealed partial class Evaluator
{
    public void Inherit(InheritStatement statement)
    {
        var (place, classes, isDeferred) = statement;
        foreach (var word in Words.Of(store.Expand(classes)))
        {
            if (!isDeferred && Words.Of(store.Get("BB_DEFER_BBCLASSES")).Contains(word))
            {
                Defer(word, place);
                continue;
            }
            var bbPath = store.Read(s_bbPath) ?? "";
            var path = FindClass(word, bbPath);
            if (path is null) throw new MetadataException(MetadataRules.ClassNotFound(PlaceOf(word), word, files.ClassNames(bbPath)));
            if (store.InheritedClasses.Contains(path)) continue;
            store.AddInherited(path);
            _ = TryEvaluate(path, place, restoreFile: true);
        }

        SourceSpan PlaceOf(string word) =>
            classes.IndexOf(word, StringComparison.Ordinal) is > 0 and var at && place.Column > 0 ? place with { Column = place.Column + at } : place;
    }

    private string? FindClass(string word, string bbPath)
    {
        if (Path.IsPathRooted(word)) return files.Exists(word) ? word : null;
        if (word.EndsWith(".bbclass", StringComparison.Ordinal)) return files.Find(bbPath, word);
        return files.Find(bbPath, $"{classDirectory}/{word}.bbclass") ?? files.Find(bbPath, $"classes/{word}.bbclass");
    }

    private void Include(IncludeStatement statement)
    {
        var text = store.Expand(statement.Files);
        if (statement.Kind is not IncludeKind.IncludeAll)
        {
            foreach (var file in Words.Of(text)) IncludeOne(file, statement);
            return;
        }
        // As BitBake: only the first of several files is looked for in each directory, the others are included as often.
        foreach (var directory in (store.Read(s_bbPath) ?? "").Split(':'))
            foreach (var file in Words.Of(Path.Combine(directory, text)))
                if (!Path.IsPathRooted(file) || files.Exists(file)) IncludeOne(file, statement);
    }

    private void IncludeOne(string file, IncludeStatement statement)
    {
        if (file == statement.Place.File) return;
        var path = file;
        if (!Path.IsPathRooted(file))
        {
            var searched = $"{Path.GetDirectoryName(statement.Place.File)}:{store.Read(s_bbPath)}";
            path = files.Find(searched, file) ?? "";
            if (path.Length == 0)
            {
                if (statement.Kind is IncludeKind.Require)
                    throw new MetadataException(MetadataRules.RequireNotFound(statement.Place, file, searched.Split(':').Where(d => d.Length > 0), files.FilesLike(searched, file)));
                return;
            }
        }
        if (!_included.Add(path)) diagnostics.Add(MetadataRules.IncludedTwice(statement.Place, path));
        if (!TryEvaluate(path, statement.Place, restoreFile: true) && statement.Kind is IncludeKind.Require)
            throw new MetadataException(MetadataRules.RequireNotFound(statement.Place, path, [Path.GetDirectoryName(path) ?? "/"], []));
    }

    /// <summary>
    /// Each word LAYER/NAME of the variable requires DIRECTORY/NAME.conf of that layer and keeps what it set in certain variables as a
    /// flag of its own; a word PREFIX/VALUE of a built-in prefix only assigns a variable.
    /// </summary>
    private void AddFragments(AddFragmentsStatement statement)
    {
        var flagged = Words.Of(store.Get(statement.FlaggedVariables));
        var builtIns = Words.Of(store.Get(statement.BuiltIns)).Select(b => b.Split(':', 2)).Where(b => b.Length == 2)
            .ToDictionary(b => b[0], b => b[1], StringComparer.Ordinal);
        foreach (var fragment in Words.Of(store.Get(statement.Variable)))
        {
            if (fragment.Split('/', 2) is not [var prefix, var rest]) throw new MetadataException(MetadataRules.FragmentNotFound(statement.Place, fragment));
            if (builtIns.TryGetValue(prefix, out var assigned))
            {
                if (store.ReadWithoutDefault(Name.Of(assigned)) is { } value) throw new MetadataException(MetadataRules.FragmentAlreadySet(statement.Place, fragment, assigned, value));
                store.SetParsed(Name.Of(assigned), rest, new InternalStatement("fragment", fragment) { Place = statement.Place });
                continue;
            }
            if (FindFragment(prefix, store.Expand($"{statement.Directory}/{rest}.conf")) is not { } path)
                throw new MetadataException(MetadataRules.FragmentNotFound(statement.Place, fragment));
            _ = TryEvaluate(path, statement.Place, restoreFile: true);
            foreach (var variable in flagged.Select(Name.Of)) MoveToFlag(variable, fragment);
        }
    }

    private void AddLibrary(AddLibraryStatement statement)
    {
        var modules = store.Surroundings.Modules;
        foreach (var module in files.ReadModules(store.Expand(statement.Directory), statement.Package)) modules = modules.SetItem(module.Name, module);
        store.Surroundings = store.Surroundings with { Modules = modules };
    }

    private void MoveToFlag(Name variable, string flag)
    {
        if (store.Read(variable) is { } value) store.SetFlag(variable, flag, value, statement: null);
        store.SetNothing(variable);
    }

    private string? FindFragment(string layer, string file)
    {
        var patterns = LayerPatterns.Read(store);
        return Words.Of(store.Get("BBLAYERS")).Select(l => Path.Combine(l, file)).FirstOrDefault(f => files.Exists(f) && patterns.LayerOf(f)?.Name == layer);
    }
}
