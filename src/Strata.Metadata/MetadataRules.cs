using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata.Evaluation;
using Strata.Metadata.Expressions;

namespace Strata.Metadata;

/// <summary>Everything Strata can say about metadata: codes STR2000 to STR2999, one method each.</summary>
public static partial class MetadataRules
{
    private static readonly Rule s_requireNotFound = new("STR2003", Severity.Error, "File to include not found");
    private static readonly Rule s_classNotFound = new("STR2004", Severity.Error, "Class not found");
    private static readonly Rule s_refersToItself = new("STR2007", Severity.Error, "Variable refers to itself");
    private static readonly Rule s_expressionFailed = new("STR2008", Severity.Error, "Expression failed");
    private static readonly Rule s_oldStyleOperator = new("STR2009", Severity.Error, "Old operator syntax");
    private static readonly Rule s_notMetadata = new("STR2010", Severity.Error, "Not a metadata file");
    private static readonly Rule s_overridesNotStable = new("STR2015", Severity.Error, "OVERRIDES never settles");
    private static readonly Rule s_keyReplaced = new("STR2016", Severity.Warning, "Expanded name replaces a plain one");
    private static readonly Rule s_dashInExportedClass = new("STR2018", Severity.Error, "Class name unusable for EXPORT_FUNCTIONS");
    private static readonly Rule s_includedTwice = new("STR2031", Severity.Note, "File included twice");
    private static readonly Rule s_includesTooDeep = new("STR2032", Severity.Error, "Includes never end");
    private static readonly Rule s_notUtf8 = new("STR2035", Severity.Error, "Not UTF-8");
    private static readonly Rule s_badPattern = new("STR2039", Severity.Error, "Regular expression not understood");
    private static readonly Rule s_evaluatedLater = new("STR2042", Severity.Warning, "':=' not evaluated");
    private static readonly Rule s_badTaskEdge = new("STR2043", Severity.Error, "[depends] not understood");
    private static readonly Rule s_likelyTypo = new("STR2045", Severity.Warning, "Name almost like one with a meaning");
    private static readonly Rule s_tooLong = new("STR2046", Severity.Error, "Value too long");
    private static readonly Rule s_unreadable = new("STR2047", Severity.Error, "File cannot be read");
    private static readonly Rule s_nestedTooDeep = new("STR2040", Severity.Error, "References nested too deep");

    private static readonly Rule s_saidNote = new("STR2049", Severity.Note, "Message of a function");
    private static readonly Rule s_saidWarning = new("STR2049", Severity.Warning, "Message of a function");
    private static readonly Rule s_saidError = new("STR2049", Severity.Error, "Message of a function");

    /// <param name="at">What was read when the function said it.</param>
    public static Diagnostic Said(SourceSpan at, Severity severity, string text) =>
        (severity switch { Severity.Error => s_saidError, Severity.Warning => s_saidWarning, Severity.Note => s_saidNote }).At(at, text,
            "a function of a class or library says so, which an expression here calls; change what it asks for");

    /// <param name="known">Names of files that are there.</param>
    public static Diagnostic RequireNotFound(SourceSpan at, string file, IEnumerable<string> searched, IEnumerable<string> known) =>
        s_requireNotFound.At(at, $"no file '{file}' in {Listed(searched)}",
            Suggest.Nearest(file, known) is { } near ? $"did you mean '{near}'?" : "correct the name, or write 'include' if the file may be missing");

    public static Diagnostic ClassNotFound(SourceSpan at, string name, IEnumerable<string> known) =>
        s_classNotFound.At(at, $"no layer has a class named '{name}'", name switch
        {
            _ when name.StartsWith('#') => "remove the comment: 'inherit' takes everything on its line",
            _ when name.Contains("${", StringComparison.Ordinal) => $"nothing has set {name} here; 'inherit_defer' waits for the end of the recipe",
            _ when Suggest.Nearest(name, known) is { } near => $"did you mean '{near}'?",
            _ => "add the layer that has it to BBLAYERS in conf/bblayers.conf",
        });

    public static Diagnostic RefersToItself(SourceSpan at, IEnumerable<string> path) =>
        s_refersToItself.At(at, $"{string.Join(" → ", path)}: this value never ends", "break the chain with ':=' at one place");

    public static Diagnostic NeverSettles(SourceSpan at, string name, int rounds) =>
        s_refersToItself.At(at, $"the value of {name} has new references after each of {rounds} rounds of replacing them", "break the chain with ':=' at one place");

    public static Diagnostic BadTaskEdge(SourceSpan at, string task, string word) =>
        s_badTaskEdge.At(at, $"{task}[depends] has '{word}'", "write RECIPE:TASK, such as zlib:do_install");

    public static Diagnostic LikelyTypo(SourceSpan at, string name, string meant) =>
        s_likelyTypo.At(at, $"nothing in this recipe reads {name}", $"did you mean '{meant}'?");

    public static Diagnostic TooLong(SourceSpan at, string name, int limit) =>
        s_tooLong.At(at, $"the value of {name} is longer than {limit >> 20} million characters", "look for variables that refer to each other more than once");

    public static Diagnostic NestedTooDeep(SourceSpan at, IEnumerable<string> path) =>
        s_nestedTooDeep.At(at, $"the value of {path.First()} needs more than {path.Count()} variables inside each other", "shorten the chain with ':=' at one place");

    public static Diagnostic ExpressionFailed(SourceSpan at, string variable, string expression, ExpressionException failure)
    {
        var cause = failure.Kind switch
        {
            ExpressionException.Unsupported or ExpressionException.Impure or ExpressionException.TooLong => failure.Message,
            var kind => $"{kind}: {failure.Message}",
        };
        var related = failure.Function is { } function ? function.Place with { Line = function.Place.Line + failure.FunctionLine } : default;
        return s_expressionFailed.At(at, $"{(variable.Length == 0 ? "" : $"{variable}: ")}${{@{expression.Trim()}}}: {cause}", failure.Kind switch
        {
            ExpressionException.Unsupported or ExpressionException.Impure => "Strata evaluates expressions without side effects only; set the variable by other means",
            ExpressionException.TooLong => "shorten the loop",
            "NameError" => "define the variable, or read it with d.getVar('NAME') or ''",
            "BBHandledException" => "a function of the layer refuses this; change what it asks for",
            _ => $"see what its variables are: strata getvar {(variable.Length == 0 ? "NAME" : variable)} --raw, and correct the expression",
        }) with { Related = related.IsNowhere ? [] : [related] };
    }

    public static Diagnostic EvaluatedLater(SourceSpan at, string name, string cause) =>
        s_evaluatedLater.At(at, $"{name} stays unevaluated: {cause}", $"set {name} to a plain value; reading it is an error until then");

    public static Diagnostic OldStyleOperator(SourceSpan at, string name) =>
        s_oldStyleOperator.At(at, $"'{name}' has an operator in the syntax of old",
            $"write '{name.Replace("_append", ":append", StringComparison.Ordinal).Replace("_prepend", ":prepend", StringComparison.Ordinal).Replace("_remove", ":remove", StringComparison.Ordinal)}'");

    public static Diagnostic NotMetadata(SourceSpan at, string file) =>
        s_notMetadata.At(at, $"'{file}' has no extension of a metadata file", "name it .inc or .conf");

    public static Diagnostic OverridesNotStable(SourceSpan at, IEnumerable<string> rounds) =>
        s_overridesNotStable.At(at, $"OVERRIDES changes each time it is evaluated: {string.Join(" | ", rounds)}",
            "do not put variants on variables that OVERRIDES itself uses");

    public static Diagnostic KeyReplaced(SourceSpan at, string name, string expanded, string value, string replaced) =>
        s_keyReplaced.At(at, $"{name} (\"{value}\") becomes {expanded} and replaces its \"{replaced}\"", $"assign {expanded} in one place only");

    public static Diagnostic DashInExportedClass(SourceSpan at, string className, string function) =>
        s_dashInExportedClass.At(at, $"'{className}_{function}' cannot be a shell function", "rename the class without a dash");

    public static Diagnostic IncludedTwice(SourceSpan at, string file) => s_includedTwice.At(at, $"'{file}' was included before and is evaluated again",
        "remove one of the includes, or leave it if its statements may run twice");

    public static Diagnostic IncludesTooDeep(SourceSpan at, string file) =>
        s_includesTooDeep.At(at, $"'{file}' is included from within itself", "remove one of the includes");

    public static Diagnostic TooManyIncludes(SourceSpan at, string file, int limit) =>
        s_includesTooDeep.At(at, $"'{file}' would be more than the {limit}th file that is evaluated here", "let files that include each other twice or more do so once");

    public static Diagnostic NotUtf8(string file) => s_notUtf8.At(new(file), "the file is not UTF-8 text", $"convert it: iconv -f latin1 -t utf-8 -o new '{Path.GetFileName(file)}'");

    public static Diagnostic Unreadable(string file, FileStamp stamp) => stamp switch
    {
        { IsDirectory: true } => s_unreadable.At(new(file), "a directory has the name of a metadata file", HideHint(file)),
        { IsPresent: true, IsFile: false } => s_unreadable.At(new(file), "a pipe, socket or device has the name of a metadata file", HideHint(file)),
        { IsFile: true, Size: > InputFile.Largest } => s_unreadable.At(new(file), $"the file has more than {InputFile.Largest >> 20} MB", HideHint(file)),
        _ => s_unreadable.At(new(file), "the file cannot be read", $"check its links and permissions: ls -lL '{file}'"),
    };

    private static string HideHint(string file) => $"rename it, or hide it with BBMASK += \"/{Path.GetFileName(file)}\"";

    public static Diagnostic BadPattern(SourceSpan at, string variable, string pattern, string cause) =>
        s_badPattern.At(at, $"{variable} = \"{pattern}\": {cause}", "correct the regular expression");

    private static string Listed(IEnumerable<string> places) => string.Join(", ", places.ToImmutableArray() is [] ? ["BBPATH"] : places);
}
