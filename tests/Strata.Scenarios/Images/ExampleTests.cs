namespace Strata.Scenarios.Images;

/// <summary>What meta-examples shows does what its comments say.</summary>
public sealed class ExampleTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_static_program_needs_nothing_beside_it() =>
        Assert.Equal("Hello from Strata on x86_64\n", await Container.RunAsync(await BuildAsync("static-image")));

    [Theory]
    [InlineData("redis-image", "musl", "/usr/bin/redis-cli ping")]
    [InlineData("go-image", "musl", "/usr/bin/greeter -check")]
    [InlineData("cxx-image", "glibc", "/usr/bin/clock -check")]
    public async Task A_service_in_a_container_is_not_root_and_says_that_it_is_well(string image, string library, string check) =>
        await Container.ServeAsync(await BuildAsync(image, library), check.Split(' '));

    private async Task<string> BuildAsync(string image, string library = "musl")
    {
        var workspace = new ScenarioWorkspace(Checkout.Path("."), output) { Environment = { ["MACHINE"] = "qemux86-64", ["TCLIBC"] = library } };
        (await workspace.Strata($"build {image}", TestContext.Current.CancellationToken)).Succeeds();
        return Checkout.Path($"build/tmp/deploy/images/qemux86-64/{image}-qemux86-64.oci");
    }
}
