using System.Reflection;
using Strata.Cache;
using Strata.Core;

namespace Strata.Tests.Cache;

public sealed class CacheRulesTests
{
    [Fact]
    public void Every_rule_has_its_own_code_of_the_cache_a_place_and_a_hint()
    {
        var all = typeof(CacheRules).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(m => (Diagnostic)m.Invoke(null, [.. m.GetParameters().Select(p => (object)$"/some/{p.Name}")])!).ToArray();

        Assert.Equal(all.Length, all.Select(d => d.Rule.Code).Distinct().Count());
        Assert.All(all, d => Assert.Matches("^STR8[0-9]{3}$", d.Rule.Code));
        Assert.All(all, d => Assert.StartsWith("/some/", d.Place.File, StringComparison.Ordinal));
        Assert.All(all, d => Assert.False(string.IsNullOrEmpty(d.Hint)));
    }
}
