using Strata.Cli;

namespace Strata.Tests.Cli;

/// <summary>What <c>strata license sources</c> refuses before it does anything; what it writes is tried by the scenarios.</summary>
public sealed class LicenseSourcesTests : IDisposable
{
    private readonly CliWorkspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Only_images_have_a_bundle()
    {
        (await _workspace.Strata("license sources app-native")).EndsWith(ExitCode.BadMetadata).Prints("STR1200", "'app-native' makes no root file system");
        (await _workspace.Strata("license sources ap-native")).EndsWith(ExitCode.BadMetadata).Prints("STR1005");
    }

    [Theory]
    [InlineData("mine/notes.txt", "mine")]
    [InlineData("image.oci/index.json", "image.oci")]
    [InlineData("notes.txt", "notes.txt")]
    public async Task What_others_put_there_is_left_alone(string file, string into)
    {
        _workspace.Write(file, "mine");

        (await _workspace.Strata($"license sources target-image --into {into}")).EndsWith(ExitCode.Usage).Prints("STR1201");
        Assert.Equal("mine", _workspace.Read(file));
    }
}
