using CommandLine;
using Strata.Core;

namespace Strata.Cli.Usage;

/// <summary>What can be wrong with a command line: codes STR1100 to STR1109.</summary>
public static class UsageRules
{
    private static readonly Rule s_unknownOption = new("STR1100", Severity.Error, "Unknown option");
    private static readonly Rule s_valueMissing = new("STR1101", Severity.Error, "Something is missing");
    private static readonly Rule s_badValue = new("STR1102", Severity.Error, "Value not understood");
    private static readonly Rule s_optionTwice = new("STR1103", Severity.Error, "Option given twice");
    private static readonly Rule s_unknownShell = new("STR1104", Severity.Error, "Unknown shell");
    private static readonly Rule s_tooMany = new("STR1105", Severity.Error, "More than the command takes");

    public static Diagnostic UnknownShell(string name, IEnumerable<string> known) =>
        s_unknownShell.At(default, $"there is no completion for '{name}'", hint: $"there is one for {string.Join(", ", known)}");

    public static Diagnostic WithoutValue(OptionDefinition option, string verb) =>
        s_valueMissing.At(default, $"--{option.Long} needs a value", hint: $"strata {verb} --help");

    public static Diagnostic TooMany(VerbDefinition verb, string word) =>
        s_tooMany.At(default, $"strata {verb.Name} does not know what to do with '{word}'", hint: $"strata {verb.Name} --help");

    public static Diagnostic Of(Error error, VerbDefinition verb)
    {
        var help = $"strata {verb.Name} --help";
        return error switch
        {
            UnknownOptionError unknown => UnknownOption(verb, unknown.Token),
            MissingValueOptionError missing => s_valueMissing.At(default, $"{Shown(missing.NameInfo)} needs a value", hint: help),
            MissingRequiredOptionError { NameInfo.LongName.Length: > 0 } missing => s_valueMissing.At(default, $"{Shown(missing.NameInfo)} is missing", hint: help),
            MissingRequiredOptionError => s_valueMissing.At(default, $"strata {verb.Name} needs {Required(verb)}", hint: verb.Examples is [var example, ..] ? $"for instance: {example}" : help),
            SequenceOutOfRangeError => s_valueMissing.At(default, $"strata {verb.Name} needs {Required(verb)}", hint: help),
            BadFormatConversionError bad => s_badValue.At(default, $"the value of {Shown(bad.NameInfo)} is not understood", hint: help),
            RepeatedOptionError twice => s_optionTwice.At(default, $"{Shown(twice.NameInfo)} is given more than once", hint: "give it once"),
            _ => s_badValue.At(default, $"strata {verb.Name}: the command line is not understood ({error.Tag})", hint: help),
        };
    }

    private static Diagnostic UnknownOption(VerbDefinition verb, string token)
    {
        var typed = token.Length == 1 ? $"-{token}" : $"--{token}";
        var near = token.Length == 1 ? null : Suggest.Nearest(token, verb.Options.Select(o => o.Long));
        return s_unknownOption.At(default, $"strata {verb.Name} has no option {typed}", hint: near is null ? $"strata {verb.Name} --help lists them" : $"did you mean --{near}?");
    }

    private static string Required(VerbDefinition verb) => string.Join(" and ", verb.Values.Where(v => v.IsRequired).Select(v => $"{v}"));

    private static string Shown(NameInfo name) => name.LongName.Length > 0 ? $"--{name.LongName}" : name.ShortName.Length > 0 ? $"-{name.ShortName}" : "a value";
}
