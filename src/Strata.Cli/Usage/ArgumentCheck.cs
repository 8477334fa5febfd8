using Strata.Core;

namespace Strata.Cli.Usage;

/// <summary>What the parser lets pass: an option without its value at the end, and words that nobody takes.</summary>
internal static class ArgumentCheck
{
    /// <summary>Null when there is nothing to complain about.</summary>
    public static Diagnostic? Problem(VerbDefinition verb, string[] args)
    {
        var free = new List<string>();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--")
            {
                free.AddRange(args[(i + 1)..]);
                break;
            }
            if (args[i] is not ['-', _, ..]) free.Add(args[i]);
            else if (verb.Options.FirstOrDefault(o => o.Meta.Length > 0 && o.Words.Contains(args[i])) is { } option && ++i == args.Length)
                return UsageRules.WithoutValue(option, verb.Name);
        }
        return free.Count > verb.Values.Length && !verb.Values.Any(v => v.IsMany) ? UsageRules.TooMany(verb, free[verb.Values.Length]) : null;
    }
}
