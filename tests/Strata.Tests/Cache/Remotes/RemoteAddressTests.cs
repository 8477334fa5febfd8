using Strata.Cache;

namespace Strata.Tests.Cache.Remotes;

public sealed class RemoteAddressTests
{
    [Fact]
    public void Addresses_say_what_they_are_trusted_with()
    {
        Assert.True(RemoteAddress.TryParseAll(" https://a.example/x/ \n oci://b.example:5000/y;rw file:///srv/z;unsigned;rw ", out var all, out _));

        Assert.Equal(["https://a.example/x False False", "oci://b.example:5000/y True False", "file:///srv/z True True"],
            all.Select(a => $"{a} {a.CanWrite} {a.IsUnsigned}"));
    }

    [Theory]
    [InlineData("cache.example", "is no address")]
    [InlineData("ftp://cache.example/", "'ftp://' is unknown")]
    [InlineData("https://cache.example/;readwrite", "'readwrite' is unknown")]
    [InlineData("https://me:s3cret@cache.example/", "~/.netrc")]
    public void What_cannot_be_meant_is_refused_without_showing_passwords(string text, string expected)
    {
        Assert.False(RemoteAddress.TryParseAll(text, out _, out var problem));

        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("machine a.example login me password one", "me one")]
    [InlineData("machine b.example login x password y\nmachine a.example\n\tpassword \"two words\"\n\tlogin me\n", "me two words")]
    [InlineData("macdef init\nmachine a.example login x password y\n\nmachine a.example login me password three", "me three")]
    [InlineData("machine b.example login x password y default login any password four", "any four")]
    [InlineData("machine b.example login x password y", null)]
    [InlineData("machine a.example login x", null)]
    [InlineData("machine", null)]
    public void The_netrc_is_read_as_curl_reads_it(string text, string? expected) =>
        Assert.Equal(expected, Netrc.Find(text, "a.example") is { } found ? $"{found.User} {found.Secret}" : null);
}
