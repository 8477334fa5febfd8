using Strata.Core;
using Strata.Metadata;

namespace Strata.Cli.Licenses;

internal static class VariablePlaces
{
    extension(Datastore variables)
    {
        /// <summary>Where a variable was set last, for one of its variants if that was set; nowhere if never.</summary>
        public SourceSpan PlaceOf(string name, string variant = "")
        {
            var all = variables.History(name).Where(a => a.Flag is null && !a.Place.IsNowhere).ToList();
            return (all.LastOrDefault(a => a.Variant == variant) ?? all.LastOrDefault())?.Place ?? default;
        }
    }
}
