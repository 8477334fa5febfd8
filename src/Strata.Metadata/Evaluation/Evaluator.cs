using Strata.Core;
using Strata.Metadata.Names;
using Strata.Metadata.Syntax;

namespace Strata.Metadata.Evaluation;

/// <summary>Runs statements against one datastore, following includes and classes.</summary>
/// <param name="classDirectory">Where classes are searched before <c>classes</c>: <c>classes-recipe</c>, or <c>classes-global</c> for the configuration.</param>
internal sealed partial class Evaluator(Datastore store, MetadataFiles files, Diagnostics diagnostics, string classDirectory)
{
    private const int DeepestInclude = 100;

    /// <summary>Files that one recipe evaluates: those that include each other twice double their number with every level.</summary>
    private const int MostFiles = 10_000;

    private static readonly Name s_file = Name.Of("FILE");
    private static readonly Name s_bbPath = Name.Of("BBPATH");

    private readonly HashSet<string> _included = new(StringComparer.Ordinal);
    private int _depth;
    private int _evaluated;

    public Datastore Store => store;

    /// <summary>An independent evaluation that goes on from the same point.</summary>
    public Evaluator Copy() => new(store.Copy(), files, diagnostics, classDirectory);

    /// <summary>Evaluates a file as the start of a configuration or recipe, or as an append.</summary>
    /// <exception cref="MetadataException">The file or one it needs cannot be used.</exception>
    public void EvaluateFile(string path, SourceSpan place = default)
    {
        if (!TryEvaluate(path, place, restoreFile: false)) throw new MetadataException(MetadataRules.RequireNotFound(place, path, [], []));
    }

    public void EvaluateAppend(string path) => _ = TryEvaluate(path, default, restoreFile: true);

    /// <summary>Works off the queue of deferred classes; what they defer goes to its end.</summary>
    public void InheritDeferred()
    {
        while (!store.Deferred.IsEmpty)
        {
            store.Deferred = store.Deferred.Dequeue(out var next);
            Inherit(next);
        }
    }

    public void Defer(string classes, SourceSpan place) => store.Deferred = store.Deferred.Enqueue(new(place, classes, IsDeferred: true));

    /// <summary>False if there is no such file.</summary>
    private bool TryEvaluate(string path, SourceSpan place, bool restoreFile)
    {
        var isClass = path.EndsWith(".bbclass", StringComparison.Ordinal);
        if (Path.GetExtension(path) is not (".conf" or ".inc" or ".bbclass" or ".bb" or ".bbappend"))
            throw new MetadataException(MetadataRules.NotMetadata(place, path));
        if (files.Parse(path) is not { } file) return false;
        if (file.IsBroken) throw new MetadataException(file.Problems.First(p => p.Severity == Severity.Error));
        if (++_depth > DeepestInclude) throw new MetadataException(MetadataRules.IncludesTooDeep(place, path));
        if (++_evaluated > MostFiles) throw new MetadataException(MetadataRules.TooManyIncludes(place, path, MostFiles));

        var outer = store.Find(s_file)?.Value;
        if (!isClass && outer != path) store.SetHard(s_file, path);
        foreach (var statement in file.Statements) EvaluateAtItsPlace(statement);
        if (!isClass && restoreFile && outer is not null && outer != path) store.SetHard(s_file, outer);
        _depth--;
        return true;
    }

    /// <summary>What fails while a statement is evaluated fails there, unless it is known better.</summary>
    private void EvaluateAtItsPlace(Statement statement)
    {
        try
        {
            Evaluate(statement);
        }
        catch (ExpansionException e) when (e.Diagnostic.Place.IsNowhere)
        {
            throw new ExpansionException(e.Diagnostic with { Place = statement.Place });
        }
    }

    private void Evaluate(Statement statement)
    {
        switch (statement)
        {
            case AssignmentStatement { Operator: AssignmentOperator.SetNow } s: AssignNow(s); break;
            case AssignmentStatement s: store.Assign(s); break;
            case FunctionStatement { IsAnonymous: true } s: store.SkippedPython = store.SkippedPython.Add(s.Place); break;
            case FunctionStatement { Name: { } name } s: store.Define(s, name); break;
            case PythonDefinition s: store.Define(s); break;
            case ExportFunctionsStatement s: ExportFunctions(s); break;
            case AddTaskStatement s: store.AddTasks(s); break;
            case DeleteTaskStatement s: foreach (var task in Words.Of(store.Expand(s.Tasks))) store.DeleteTask(task, s); break;
            case InheritStatement { IsDeferred: true } s: store.Deferred = store.Deferred.Enqueue(s); break;
            case InheritStatement s: Inherit(s); break;
            case IncludeStatement s: Include(s); break;
            case ExportStatement s: store.SetFlag(s.Name, "export", "1", s); break;
            case UnsetStatement { Flag: { } flag } s: store.RemoveFlag(s.Name, flag, s); break;
            case UnsetStatement s: store.Delete(s.Name, s); break;
            case AddFragmentsStatement s: AddFragments(s); break;
            case AddLibraryStatement s: AddLibrary(s); break;
            case HandlerStatement s: store.SkippedPython = store.SkippedPython.Add(s.Place); break;
            case InternalStatement: break;
        }
    }

    /// <summary>An expression that asks for more than Strata evaluates stays, so that it is an error only where somebody reads it.</summary>
    private void AssignNow(AssignmentStatement statement)
    {
        try
        {
            store.Assign(statement);
        }
        catch (ExpansionException e) when (e.IsOutOfReach)
        {
            diagnostics.Add(MetadataRules.EvaluatedLater(statement.Place, statement.Name.Text, e.Message));
            store.Assign(statement with { Operator = AssignmentOperator.Set, Value = store.ExpandWithinReach(statement.Value, statement.Name) });
        }
    }

    private void ExportFunctions(ExportFunctionsStatement statement)
    {
        foreach (var function in statement.Functions)
        {
            var name = Name.Of(function);
            var called = Name.Of($"{statement.ClassName}_{function}");
            if (store.ReadUnexpanded(name) is { Length: > 0 } body)
            {
                if (!body.Contains(ExportedBody.Mark, StringComparison.Ordinal)) continue;
                store.RemoveFlag(name, "python", statement: null);
                store.RemoveFlag(name, "func", statement: null);
            }
            foreach (var flag in ExportedBody.FlagsOfClass) CopyFlag(called, name, flag);
            foreach (var flag in ExportedBody.FlagsOfTask) CopyFlag(name, called, flag);
            var isPython = store.ReadFlag(called, "python", expand: false) is not null;
            if (!isPython && statement.ClassName.Contains('-'))
                throw new MetadataException(MetadataRules.DashInExportedClass(statement.Place, statement.ClassName, function));
            store.SetParsed(name, ExportedBody.Calling(called.Text, isPython), new InternalStatement("EXPORT_FUNCTIONS", called.Text) { Place = statement.Place });
        }

        void CopyFlag(Name from, Name to, string flag)
        {
            if (store.ReadFlag(from, flag, expand: false) is { Length: > 0 } value) store.SetFlag(to, flag, value, statement: null);
        }
    }
}
