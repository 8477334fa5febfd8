using System.Collections.Immutable;
using System.Reflection;
using CommandLine;

namespace Strata.Cli.Usage;

/// <summary>A verb as its class declares it: the one source of help, completion and suggestions.</summary>
/// <param name="Name">One word, or family and action: <c>layer list</c>.</param>
public sealed record VerbDefinition(
    string Name, string Help, ImmutableArray<OptionDefinition> Values, ImmutableArray<OptionDefinition> Options, ImmutableArray<string> Examples)
{
    /// <summary>The class's own options first, then those that every verb has.</summary>
    public static VerbDefinition Of(Type verb)
    {
        var properties = verb.GetProperties().OrderByDescending(p => Depth(p.DeclaringType!)).ThenBy(p => p.MetadataToken).ToArray();
        return new(
            NameOf(verb), SummaryOf(verb),
            [.. properties.Where(p => p.IsDefined(typeof(ValueAttribute))).OrderBy(p => p.GetCustomAttribute<ValueAttribute>()!.Index).Select(Value)],
            [.. properties.Where(p => p.IsDefined(typeof(OptionAttribute))).Select(Option)],
            [.. verb.GetCustomAttribute<ExamplesAttribute>()?.Lines ?? []]);
    }

    public static string NameOf(Type verb) => verb.GetCustomAttribute<VerbAttribute>()!.Name;

    /// <summary>The one sentence about the verb.</summary>
    public static string SummaryOf(Type verb) => verb.GetCustomAttribute<VerbAttribute>()!.HelpText;

    private static OptionDefinition Value(PropertyInfo property)
    {
        var value = property.GetCustomAttribute<ValueAttribute>()!;
        return new("", "", value.MetaName, value.HelpText, value.Required, IsMany(property));
    }

    private static OptionDefinition Option(PropertyInfo property)
    {
        var option = property.GetCustomAttribute<OptionAttribute>()!;
        return new(option.ShortName, option.LongName, property.PropertyType == typeof(bool) ? "" : option.MetaValue is { Length: > 0 } meta ? meta : "VALUE",
            option.HelpText, option.Required, IsMany(property));
    }

    private static bool IsMany(PropertyInfo property) => property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(System.Collections.IEnumerable));

    private static int Depth(Type type)
    {
        var depth = 0;
        for (var at = type; at is not null; at = at.BaseType) depth++;
        return depth;
    }
}
