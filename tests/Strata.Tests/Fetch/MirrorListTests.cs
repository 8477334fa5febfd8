using Strata.Fetch;

namespace Strata.Tests.Fetch;

/// <summary>The answers are BitBake's.</summary>
public sealed class MirrorListTests
{
    private const string Tag = "tag=1234567890123456789012345678901234567890";

    [Theory]
    [InlineData("http://www.example.org/dist/x/x-1.7.1.tar.bz2", "http://www.example.org/dist", "http://archive.example.org/dist", "http://archive.example.org/dist/x/x-1.7.1.tar.bz2")]
    [InlineData("http://www.example.org/dist/x/x-1.7.1.tar.bz2", "http://.*/.*", "file:///somepath/downloads/", "file:///somepath/downloads/x-1.7.1.tar.bz2")]
    [InlineData("http://www.example.org/dist/x/x-1.7.1.tar.bz2", "http://.*/.*", "/somepath/downloads", "file:///somepath/downloads/x-1.7.1.tar.bz2")]
    [InlineData("http://a.org/d1/d2/f_1.2.3.tar.gz", "http://.*/.*", "http://b.org/d3", "http://b.org/d3/f_1.2.3.tar.gz")]
    [InlineData("http://a.org/d1/d2/f_1.2.3.tar.gz", "http://.*/.*", "http://b.org", "http://b.org/f_1.2.3.tar.gz")]
    [InlineData("http://a.org/d1/f.tar.gz", "http://a.org/d1/f.tar.gz", "http://b.org/d3/f.tar.gz", "http://b.org/d3/f.tar.gz")]
    [InlineData("https://a.org/f.tar.gz", "http://.*/.*", "http://b.org/", null)]
    [InlineData("https://a.org/f.tar.gz", "https?://.*/.*", "http://b.org/", "http://b.org/f.tar.gz")]
    [InlineData("https://a.org/example/1.0.0/example;downloadfilename=some-1.0.0.tgz", "https://.*/.*", "file:///mirror/PATH", "file:///mirror/example/1.0.0/some-1.0.0.tgz")]
    [InlineData("https://a.org/e-1.0.0.tgz;downloadfilename=some-1.0.0.tgz", "https://.*/.*", "file:///mirror/some-1.0.0.tgz", "file:///mirror/some-1.0.0.tgz")]
    [InlineData("git://a.org/foo/mtd.git;" + Tag, "git://.*/([^/]+/)*([^/]*)", @"git://b.org/d/\2;protocol=http", "http://b.org/d/mtd.git")]
    [InlineData("git://a.org/foo/mtd.git;" + Tag, "git://.*/.*", "git://b.org/d/BASENAME;protocol=http", "http://b.org/d/mtd.git")]
    [InlineData("git://a.org/foo/mtd.git;" + Tag, "git://.*/.*", "git://b.org/d/MIRRORNAME;protocol=http", "http://b.org/d/a.org.foo.mtd.git")]
    [InlineData("git://user1@a.org/x;branch=master", "git://a.org/x;branch=master", "git://user2@b.org/x;protocol=http", "http://user2@b.org/x")]
    [InlineData("git://a.org/x;branch=main", "git://a.org/x;branch=master", "git://b.org/x", null)]
    [InlineData("git://internal.git.server.org/x.git", @"git://(?!internal\.git\.server).*/.*", "git://b.org/", null)]
    [InlineData("https://a.org:8443/x/y/f-1.tar.gz", "https://.*/.*", "http://m.org/MIRRORNAME", "http://m.org/a.org.8443.x.y.f-1.tar.gz/f-1.tar.gz")]
    [InlineData("https://a.org/x/y/f-1.tar.gz", "https://.*/(?P<first>[^/]+)/(.*)", @"http://m.org/\g<first>-\2", "http://m.org/x-y/f-1.tar.gz")]
    [InlineData("https://a.org/x/y/f-1.tar.gz", "https://.*/(?P<first>[^/]+)/(.*)", @"http://m.org/\g<1>/by", "http://m.org/x/by/f-1.tar.gz")]
    [InlineData("https://me:pw@a.org/f.tgz", "https://a.org/", "https://b.org/", "https://b.org/f.tgz")]
    [InlineData("https://me:pw@a.org/f.tgz", "https://.*/.*", "https://you@b.org/", "https://you@b.org/f.tgz")]
    [InlineData("https://a.org/f.tgz;name=n", "https://.*/.*;name=n", "http://b.org/PATH", "http://b.org/f.tgz")]
    [InlineData("https://a.org/f.tgz;name=m", "https://.*/.*;name=n", "http://b.org/PATH", null)]
    [InlineData("https://a.org/f.tgz?download=1;downloadfilename=f.tgz", "https://.*/.*", "http://b.org/", "http://b.org/f.tgz")]
    [InlineData("https://a.org/dir%20x/f.tgz", "https://.*/.*", "http://b.org/PATH", "http://b.org/dir%20x/f.tgz")]
    [InlineData("https://a.org/x/f.tgz", @"https://a\.org/x", "https://b.org/y", "https://b.org/y/f.tgz")]
    [InlineData("https://a.org/x/f.tgz", @"https://a\.org/y", "https://b.org/y", null)]
    [InlineData("https://sub.a.org/x/f.tgz", "https://a.org/.*", "https://b.org/", null)]
    [InlineData("ftp://a.org/x/f.tgz", ".*://.*/.*", "https://b.org/", "https://b.org/f.tgz")]
    [InlineData("ftp://a.org/x/f.tgz", "(ftp|https?)://.*/.*", "file:///srv/m/", "file:///srv/m/f.tgz")]
    [InlineData("https://a.org/x/f.tgz", "https://.*/.*", "https://b.org/BASENAME/BASENAME", "https://b.org/f.tgz/f.tgz")]
    [InlineData("https://a.org/x/f.tgz", "https?$://.*/.*", "https://b.org/z/", "https://b.org/z/f.tgz")]
    [InlineData("git://a.org/x/y.git;branch=main", "git://.*/.*", "http://b.org/git/", "http://b.org/git/git2_a.org.x.y.git.tar.gz")]
    [InlineData("git://a.org:9418/x/y.git;protocol=https", "git://.*/.*", "https://b.org/s/", "https://b.org/s/git2_a.org.9418.x.y.git.tar.gz")]
    [InlineData("git://a.org/x/y.git;branch=main", "git://a.org/x/", "git://b.org/z/", "git://b.org/z/y.git")]
    [InlineData("git://a.org/x/y.git;branch=main", "git://.*/.*", "file:///srv/m", "file:///srv/m/git2_a.org.x.y.git.tar.gz")]
    [InlineData("gitsm://a.org/x/y.git;branch=main", "git(sm)?://.*/.*", "http://b.org/git/", "http://b.org/git/git2_a.org.x.y.git.tar.gz")]
    [InlineData("https://a.org/[x]/f.tgz", "https://.*/[[](x)[]]/(?P<n>.*)", @"http://m.org/\g<n>/\1", "http://m.org/f.tgz/x/f.tgz")]
    [InlineData("https://a.org/x/f.tgz", "https://.*/(?:x)/(?P<n>f)(?!z)", @"http://m.org/\g<n>/\1", "http://m.org/f/f.tgz")]
    [InlineData("https://a.org/x/f.tgz", "https://a.org/x/f.tgz", "file:///one/other.tgz", "file:///one/other.tgz/f.tgz")]
    public void A_rule_replaces_each_part_by_itself(string source, string find, string replacement, string? expected)
    {
        var places = Parse($"{find} {replacement}").PlacesFor(SourceUri.Parse(source)).Select(p => p.Address);

        Assert.Equal(expected is null ? [] : [expected], places);
    }

    [Fact]
    public void Mirrors_have_mirrors_by_the_other_rules()
    {
        var mirrors = Parse("""
            http://.*/.* file:///somepath/downloads/ \n
            https?://.*/.* file:///someotherpath/downloads/ \n
            http://.*/.* http://other.example.org/downloads/ http://other.example.org/.* http://second.example.org/downloads/
            """);

        Assert.Equal(
            [
                "file:///somepath/downloads/b-1.0.tar.gz", "file:///someotherpath/downloads/b-1.0.tar.gz",
                "http://other.example.org/downloads/b-1.0.tar.gz", "http://second.example.org/downloads/b-1.0.tar.gz",
            ],
            mirrors.PlacesFor(SourceUri.Parse("http://downloads.example.org/releases/b/b-1.0.tar.gz")).Select(p => p.Address));
    }

    [Fact]
    public void A_rule_never_feeds_on_itself()
    {
        var mirrors = Parse("https://.*/[^/]* http://aaaa/A/A/A/ https://.*/[^/]* https://bbbb/B/B/B/");

        Assert.Equal(
            ["http://aaaa/A/A/A/b/b-1.0.tar.gz", "https://bbbb/B/B/B/b/b-1.0.tar.gz", "http://aaaa/A/A/A/B/B/b/b-1.0.tar.gz"],
            mirrors.PlacesFor(SourceUri.Parse("https://downloads.example.org/releases/b/b-1.0.tar.gz")).Select(p => p.Address));
    }

    [Theory]
    [InlineData("http://.*/.*")]
    [InlineData("http://.*/.* nowhere")]
    [InlineData("http://(/.* http://b.org/")]
    public void A_malformed_list_is_refused_with_a_reason(string text)
    {
        Assert.False(MirrorList.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    private static MirrorList Parse(string text) => MirrorList.TryParse(text, out var list, out var problem) ? list : throw new FormatException(problem);
}
