using System.Collections.Immutable;

namespace Strata.Metadata.Evaluation;

/// <summary>One variant of a recipe file: what is asked of every recipe, whether it is built or not.</summary>
/// <param name="Word">Empty, or the word of BBCLASSEXTEND.</param>
/// <param name="Name">PN.</param>
/// <param name="Facts">Final values by variable; null where it is undefined.</param>
internal sealed record VariantRecord(string Word, string Name, string? SkipReason, Lazy<ImmutableArray<KeyValuePair<string, string?>>> Facts)
{
    /// <summary>What choosing among all recipes looks at.</summary>
    private static readonly string[] s_variables =
    [
        "PE", "PV", "PR", "PROVIDES", "DEFAULT_PREFERENCE", "PACKAGES", "PACKAGES_DYNAMIC", "RPROVIDES", "EXCLUDE_FROM_WORLD", "HOST_PACKAGES",
    ];

    /// <summary>What is asked for each package.</summary>
    private static readonly string[] s_variablesOfPackages = ["RPROVIDES"];

    public static VariantRecord Of(string word, FinishedRecipe recipe, string? skipReason)
    {
        var store = recipe.Variables;
        var name = store.Get("PN") ?? "";
        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, string?>>();
        foreach (var variable in s_variables) Add(variable);
        var packages = values.FirstOrDefault(v => v.Key == "PACKAGES").Value;
        var named = Words.Of(packages) is [_, ..] words ? words : [name];
        foreach (var variable in s_variablesOfPackages)
            foreach (var package in named.Distinct(StringComparer.Ordinal)) Add($"{variable}:{package}");
        return new(word, name, skipReason, new(values.DrainToImmutable()));

        void Add(string variable)
        {
            try
            {
                values.Add(new(variable, store.Get(variable)));
            }
            catch (ExpansionException)
            {
                // Whoever asks gets the error from the variable itself.
            }
        }
    }
}
