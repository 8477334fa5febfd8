using System.Collections.Immutable;
using Strata.Cli;
using Strata.Core;

namespace Strata.Tests.Cli;

/// <summary>New products.</summary>
public sealed class InitTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("strata-init-").FullName;

    public void Dispose() => FileTree.Delete(_directory);

    [Theory]
    [InlineData("hello", "hello-image", "hello:do_compile")]
    [InlineData("appliance", "redis-image", "redis:do_compile")]
    public async Task A_new_product_has_all_it_needs_to_build(string example, string image, string task)
    {
        (await Strata(_directory, "init", "gateway", "--from", example)).Succeeds().Prints($"strata build {image}");

        var top = Path.Combine(_directory, "gateway");
        Assert.All(["conf/bblayers.conf", "conf/local.conf", "conf/license-policy.conf", "ci/build", "README.md", "meta-gateway/README.md", "meta-gateway/LICENSE", "meta-gateway/conf/layer.conf"],
            file => Assert.DoesNotContain("@", File.ReadAllText(Path.Combine(top, file)).Replace("@example.org", "", StringComparison.Ordinal), StringComparison.Ordinal));
        (await Strata(top, "graph", image)).Succeeds().Prints(task, $"{image}:do_rootfs");
        (await Strata(top, "getvar", "INCOMPATIBLE_LICENSE", "--history")).Succeeds().Prints("conf/license-policy.conf");
        (await Strata(top, "layer", "check", "gateway")).Prints("who maintains it");
    }

    [Fact]
    public async Task A_name_that_is_taken_or_impossible_and_an_unknown_example_are_refused()
    {
        (await Strata(_directory, "init", "Gateway")).EndsWith(ExitCode.Usage).Complains("STR1123");
        (await Strata(_directory, "init", "gateway", "--from", "helo")).EndsWith(ExitCode.Usage).Complains("STR1126", "did you mean 'hello'?");
        (await Strata(_directory, "init", "gateway")).Succeeds();
        (await Strata(_directory, "init", "gateway")).EndsWith(ExitCode.Usage).Complains("STR1124");
    }

    private static async Task<CliRun> Strata(string directory, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new CommandContext
        {
            Output = output,
            Error = error,
            IsTerminal = false,
            CurrentDirectory = directory,
            Environment = ImmutableSortedDictionary<string, string>.Empty,
        };
        return new(await CommandLineInterface.RunAsync(arguments, context, CancellationToken.None), output.ToString(), error.ToString());
    }
}
