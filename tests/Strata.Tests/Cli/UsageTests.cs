using CommandLine;
using Strata.Cli;
using Strata.Cli.Usage;

namespace Strata.Tests.Cli;

/// <summary>Help, mistyped command lines and completion: all from the verbs' own definitions.</summary>
public sealed class UsageTests(CliWorkspace workspace) : IClassFixture<CliWorkspace>
{
    public static TheoryData<string> Verbs => [.. CommandLineInterface.Definitions.Select(v => v.Name)];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Every_command_has_a_help_page_with_examples(string verb)
    {
        var definition = CommandLineInterface.Definitions.Single(v => v.Name == verb);
        var run = (await workspace.Strata($"{verb} --help")).Succeeds();

        Assert.NotEmpty(definition.Examples);
        run.Prints([$"strata {verb}", "Examples:", .. definition.Options.Select(o => "--" + o.Long), .. definition.Examples]);
        Assert.Equal(run.Output, (await workspace.Strata($"help {verb}")).Output);
        Assert.All(run.Output.Split('\n').TakeWhile(l => l != "Examples:"), line => Assert.True(line.Length <= 100, line));
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Every_example_is_understood(string verb)
    {
        var type = CommandLineInterface.VerbTypes.Single(t => VerbDefinition.NameOf(t) == verb);
        foreach (var example in VerbDefinition.Of(type).Examples)
        {
            var start = example.IndexOf($"strata {verb}", StringComparison.Ordinal);
            Assert.True(start >= 0, example);
            var words = example[(start + 7 + verb.Length)..].Split(" #")[0].Split('|', '>', ')')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            using var parser = new Parser(settings => settings.HelpWriter = null);
            Assert.IsType<Parsed<object>>(parser.ParseArguments([verb, .. words], [type]), exactMatch: false);
        }
    }

    [Fact]
    public async Task The_first_help_names_every_command()
    {
        var run = (await workspace.Strata("--help")).Succeeds();

        run.Prints([.. CommandLineInterface.Definitions.Select(v => v.Name.Split(' ')[^1])]);
        (await workspace.Strata("layer --help")).Succeeds().Prints("overlaid", "create", "diff");
        (await workspace.Strata("layer")).EndsWith(ExitCode.Usage).Complains("overlaid");
        (await workspace.Strata("")).EndsWith(ExitCode.Usage).Complains("build ");
        (await workspace.Strata("--version")).Succeeds().Prints("strata ");
    }

    [Theory]
    [InlineData("biuld x", "did you mean 'strata build'?")]
    [InlineData("layr list", "did you mean 'strata layer'?")]
    [InlineData("layer lst", "did you mean 'strata layer list'?")]
    [InlineData("build --keep-goin x", "did you mean --keep-going?")]
    [InlineData("build -x y", "has no option -x")]
    [InlineData("build", "strata build needs TARGET…")]
    [InlineData("getvar", "for instance: strata getvar MACHINE")]
    [InlineData("build x --jobs", "--jobs needs a value")]
    [InlineData("recipe show a b", "does not know what to do with 'b'")]
    [InlineData("build x -j many", "the value of --jobs is not understood")]
    [InlineData("completion tcsh", "there is one for bash, zsh, fish")]
    public async Task A_mistyped_command_line_is_answered_with_the_right_one(string command, string hint) =>
        (await workspace.Strata(command)).EndsWith(ExitCode.Usage).Complains("error STR1", hint);

    [Fact]
    public async Task Options_of_all_commands_may_come_before_the_command()
    {
        var (top, elsewhere) = (workspace.Top, Path.GetTempPath());
        Assert.Equal("qemux86-64\n", (await workspace.Strata($"-C {top}/meta-three -v getvar MACHINE")).Succeeds().Output);
        (await workspace.Strata($"-C {top} layer list --names")).Succeeds().Prints("three");
        (await workspace.Strata($"--directory={elsewhere} getvar MACHINE")).EndsWith(ExitCode.Usage).Complains("STR1001");
    }
}
