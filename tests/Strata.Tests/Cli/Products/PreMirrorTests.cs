using System.Collections.Immutable;
using Strata.Cli.Products;

namespace Strata.Tests.Cli.Products;

public sealed class PreMirrorTests
{
    [Theory]
    [InlineData("https://github.com/a/b.git", "https://mirror.example/github/a/b.git")]
    [InlineData("https://gitlab.com/a/b.git", "file:///srv/a/b")]
    [InlineData("https://git.example/https://github.com/a", "https://git.example/https://github.com/a")]
    public void The_first_pattern_that_matches_from_the_start_counts(string url, string expected)
    {
        const string Rules = "https://github\\.com/ https://mirror.example/github/\n# a comment\nhttps://(github|gitlab)\\.com/(.*)\\.git file:///srv/\\2\n";
        Assert.Equal(expected, new PreMirrors(ImmutableSortedDictionary<string, string>.Empty.Add("KAS_PREMIRRORS", Rules)).AddressOf(url));
    }
}
