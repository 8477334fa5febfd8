using Strata.Core;
using Strata.Metadata.Expressions;
using Strata.Metadata.Names;

namespace Strata.Metadata.Syntax;

/// <summary>One directive of a metadata file. Immutable: a file is parsed once and evaluated for every recipe that uses it.</summary>
internal abstract record Statement(SourceSpan Place);

internal sealed record AssignmentStatement(SourceSpan Place, Name Name, string? Flag, AssignmentOperator Operator, string Value, bool Exports)
    : Statement(Place)
{
    /// <summary>The operator as written.</summary>
    public string OperatorText => Operator switch
    {
        AssignmentOperator.Set => "=",
        AssignmentOperator.SetIfUnset => "?=",
        AssignmentOperator.SetDefault => "??=",
        AssignmentOperator.SetNow => ":=",
        AssignmentOperator.Append => "+=",
        AssignmentOperator.Prepend => "=+",
        AssignmentOperator.AppendTight => ".=",
        AssignmentOperator.PrependTight => "=.",
    };
}

/// <summary>A shell function, or a Python one that is kept as text. <see cref="Name"/> is null for anonymous Python.</summary>
internal sealed record FunctionStatement(SourceSpan Place, Name? Name, string Body, bool IsPython, bool IsFakeroot) : Statement(Place)
{
    /// <summary>Python that BitBake runs when the recipe is finished.</summary>
    public bool IsAnonymous => IsPython && Name?.Text is null or "__anonymous";
}

/// <summary>A <c>def</c>.</summary>
internal sealed record PythonDefinition(SourceSpan Place, Name Name, PythonFunction Function, string Text) : Statement(Place);

internal sealed record ExportFunctionsStatement(SourceSpan Place, string[] Functions, string ClassName) : Statement(Place);

internal sealed record AddTaskStatement(SourceSpan Place, string Tasks, string After, string Before) : Statement(Place);

internal sealed record DeleteTaskStatement(SourceSpan Place, string Tasks) : Statement(Place);

/// <summary>The column is that of the first class.</summary>
internal sealed record InheritStatement(SourceSpan Place, string Classes, bool IsDeferred) : Statement(Place);

internal sealed record IncludeStatement(SourceSpan Place, string Files, IncludeKind Kind) : Statement(Place);

internal sealed record ExportStatement(SourceSpan Place, Name Name) : Statement(Place);

internal sealed record UnsetStatement(SourceSpan Place, Name Name, string? Flag) : Statement(Place);

internal sealed record AddFragmentsStatement(SourceSpan Place, string Directory, string Variable, string FlaggedVariables, string BuiltIns) : Statement(Place);

/// <summary><c>addpylib</c>: the functions of a directory's modules are for expressions to call.</summary>
internal sealed record AddLibraryStatement(SourceSpan Place, string Directory, string Package) : Statement(Place);

/// <summary><c>addhandler</c>: handlers are Python, so none runs.</summary>
internal sealed record HandlerStatement(SourceSpan Place) : Statement(Place);

/// <summary>A value set by Strata itself, for the history.</summary>
internal sealed record InternalStatement(string Operator, string Text) : Statement(default(SourceSpan));
