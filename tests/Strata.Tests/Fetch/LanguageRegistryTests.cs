using Strata.Fetch;

namespace Strata.Tests.Fetch;

public sealed class LanguageRegistryTests
{
    [Theory]
    [InlineData("crate://crates.io/glob/0.2.11", "https://static.crates.io/crates/glob/0.2.11/download", "glob-0.2.11.crate", "glob-0.2.11")]
    [InlineData("crate://example.org/api/glob/0.2.11;name=g", "https://example.org/glob/0.2.11/download", "glob-0.2.11.crate", "g")]
    [InlineData("npm://registry.npmjs.org;package=array-flatten;version=1.1.1", "https://registry.npmjs.org/array-flatten/-/array-flatten-1.1.1.tgz", "array-flatten-1.1.1.tgz", "")]
    [InlineData("npm://registry.npmjs.org;package=@babel/core;version=7.0.0", "https://registry.npmjs.org/@babel/core/-/core-7.0.0.tgz", "babel-core-7.0.0.tgz", "")]
    [InlineData("gomod://golang.org/x/net;version=v0.9.0", "https://proxy.golang.org/golang.org/x/net/@v/v0.9.0.zip", "golang.org.x.net@v0.9.0.zip", "golang.org/x/net@v0.9.0")]
    [InlineData("gomod://github.com/Masterminds/semver;version=v1.5.0;mod=1", "https://proxy.golang.org/github.com/!masterminds/semver/@v/v1.5.0.mod", "github.com.Masterminds.semver@v1.5.0.mod", "github.com/Masterminds/semver@v1.5.0")]
    [InlineData("gem://rubygems.org/rake/13.0.6", "https://rubygems.org/downloads/rake-13.0.6.gem", "rake-13.0.6.gem", "")]
    [InlineData("pypi://pypi.org/requests/2.31.0", "https://files.pythonhosted.org/packages/source/r/requests/requests-2.31.0.tar.gz", "requests-2.31.0.tar.gz", "")]
    [InlineData("https://example.org/a.tgz", "https://example.org/a.tgz", "a.tgz", "")]
    public void An_entry_stands_for_a_download(string entry, string address, string file, string name)
    {
        Assert.True(LanguageRegistry.TryResolve(SourceUri.Parse(entry), out var download, out _));

        Assert.Equal((address, file, name), (download.Address, download.FileName, download.Name));
    }

    [Theory]
    [InlineData("crate://crates.io/glob", "crate://crates.io/NAME/VERSION")]
    [InlineData("npm://registry.npmjs.org;package=a", "version=VERSION")]
    [InlineData("npm://registry.npmjs.org;package=a;version=latest", "version=VERSION")]
    [InlineData("gomod://golang.org/x/net", "version=vVERSION")]
    public void An_entry_without_a_fixed_version_is_refused(string entry, string hint)
    {
        Assert.False(LanguageRegistry.TryResolve(SourceUri.Parse(entry), out _, out var problem));
        Assert.Contains(hint, problem, StringComparison.Ordinal);
    }
}
