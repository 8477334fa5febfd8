using System.Collections;
using System.Collections.Immutable;

namespace Strata.Tests.Fetch;

/// <summary>The environment of the test run, as the command line hands it to the stages.</summary>
internal static class HostEnvironment
{
    public static ImmutableSortedDictionary<string, string> Current { get; } = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToImmutableSortedDictionary(v => (string)v.Key, v => (string)v.Value!, StringComparer.Ordinal);
}
