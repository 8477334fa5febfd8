using Strata.Metadata.Expressions;
using Strata.Metadata.Syntax;

namespace Strata.Corpus.Effects;

/// <summary>Every Python function that metadata can call: those of classes and recipes by name, those of the layers' libraries by module.</summary>
internal sealed class PythonLibrary
{
    private readonly ILookup<string, FunctionCode> _functions;
    private readonly Dictionary<string, FunctionCode> _members = new(StringComparer.Ordinal);
    private readonly ILookup<string, FunctionCode> _methods;

    public PythonLibrary(IEnumerable<MetadataFile> files, IEnumerable<PythonModule> modules)
    {
        _functions = files.SelectMany(f => f.Statements).Select(Named).OfType<FunctionCode>().ToLookup(f => f.Name, StringComparer.Ordinal);
        List<FunctionCode> methods = [];
        foreach (var module in modules.Concat(modules.Select(m => new PythonModule(m.Name[(m.Name.LastIndexOf('.') + 1)..], m.Path, () => m.Text))))
            foreach (var statement in Parsed(module))
            {
                if (statement is DefStatement def) _members[$"{module.Name}.{def.Name}"] = def.Code;
                if (statement is UnsupportedStatement { Body: var body }) methods.AddRange(body.OfType<DefStatement>().Select(d => d.Code));
            }
        _methods = methods.Distinct().ToLookup(m => m.Name, StringComparer.Ordinal);
    }

    public IEnumerable<FunctionCode> Functions(string name) => _functions[name];

    /// <summary>A function of a module, or the methods of any class that have this name: nobody says which class a value has.</summary>
    public IEnumerable<FunctionCode> Members(AttributeNode attribute) =>
        attribute.Path is { } path && _members.TryGetValue(path, out var member) ? [member] : _methods[attribute.Name];

    /// <summary>The body of a Python function of metadata; null if it does not parse.</summary>
    public static FunctionCode? Code(string name, string parameters, string body)
    {
        try
        {
            return ParseCache.Function(new(name, parameters, body, default));
        }
        catch (ExpressionException)
        {
            return null;
        }
    }

    private static FunctionCode? Named(Strata.Metadata.Syntax.Statement statement) => statement switch
    {
        PythonDefinition def => Code(def.Name.Text, def.Function.Parameters, def.Function.Body),
        FunctionStatement { IsPython: true, Name: { } name } function => Code(name.Text, "d", function.Body),
        _ => null,
    };

    private static IEnumerable<Strata.Metadata.Expressions.Statement> Parsed(PythonModule module)
    {
        try
        {
            return ParseCache.Module(module);
        }
        catch (ExpressionException)
        {
            return [];
        }
    }
}
