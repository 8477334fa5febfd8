using Strata.Fetch;

namespace Strata.Tests.Fetch;

public sealed class SourceUriTests
{
    [Theory]
    [InlineData("https://example.org/a/b-1.0.tar.gz;name=x", "https", "example.org", "/a/b-1.0.tar.gz", "b-1.0.tar.gz", "https://example.org/a/b-1.0.tar.gz")]
    [InlineData("https://example.org:8443/b.zip", "https", "example.org:8443", "/b.zip", "b.zip", "https://example.org:8443/b.zip")]
    [InlineData("https://example.org/download/;downloadfilename=c.tgz", "https", "example.org", "/download/", "c.tgz", "https://example.org/download/")]
    [InlineData("git://git@example.org/team/app.git;protocol=ssh;branch=main", "git", "example.org", "/team/app.git", "app.git", "ssh://git@example.org/team/app.git")]
    [InlineData("git:///srv/repo;branch=main", "git", "", "/srv/repo", "repo", "file:///srv/repo")]
    [InlineData("git://example.org/x;branch=a", "git", "example.org", "/x", "x", "git://example.org/x")]
    [InlineData("file://conf/a%20b.cfg", "file", "", "conf/a b.cfg", "a b.cfg", "file://conf/a b.cfg")]
    [InlineData("https://example.org", "https", "example.org", "/", "", "https://example.org/")]
    [InlineData("https://example.org/~u/a+b,c=1/x%20y.tgz", "https", "example.org", "/~u/a+b,c=1/x y.tgz", "x y.tgz", "https://example.org/~u/a+b,c=1/x%20y.tgz")]
    public void An_entry_is_split_as_BitBake_splits_it(string text, string scheme, string host, string path, string fileName, string address)
    {
        var uri = SourceUri.Parse(text);

        Assert.Equal((scheme, host, path, fileName, address), (uri.Scheme, uri.Host, uri.Path, uri.FileName, uri.Address));
    }

    [Theory]
    [InlineData("example.org/a.tgz")]
    [InlineData("https://")]
    [InlineData("https://example.org/a.tgz;name")]
    [InlineData("://example.org/a.tgz")]
    public void What_is_no_entry_is_refused_with_a_reason(string text)
    {
        Assert.False(SourceUri.TryParse(text, out _, out var problem));
        Assert.Contains(text, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_never_gets_into_a_message()
    {
        var uri = SourceUri.Parse("https://user:secret@example.org/a.tgz;name=x");

        Assert.Equal(("user", "secret"), (uri.User, uri.Password));
        Assert.Equal("https://user@example.org/a.tgz;name=x", uri.ToString());
        Assert.Equal("https://user@example.org/a.tgz", uri.Address);
    }

    [Theory]
    [InlineData("unpack=0", false)]
    [InlineData("unpack=no", false)]
    [InlineData("unpack=1", true)]
    [InlineData("unpack=True", true)]
    [InlineData("name=x", true)]
    public void Switches_have_BitBakes_truth(string parameter, bool expected) =>
        Assert.Equal(expected, SourceUri.Parse($"https://example.org/a.tgz;{parameter}").Flag("unpack", otherwise: true));
}
