using System.Text.RegularExpressions;
using CommandLine;
using Strata.Cli;
using Strata.Cli.Usage;
using Strata.Core;
using Strata.Tests.Fetch;

namespace Strata.Tests.Docs;

/// <summary>What the pages say is so: their commands run, and the reference is what the code says now.</summary>
public sealed partial class DocumentationTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("strata-docs-").FullName;

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(RepositoryTree.Path("docs"), "*.md").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    public void Dispose() => FileTree.Delete(_directory);

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_block_of_commands_runs(string page)
    {
        var blocks = Block().Matches(File.ReadAllText(PathOf(page))).Select(m => m.Groups["text"].Value).ToArray();
        if (blocks is []) return;

        // The builds of a page are run by the scenarios; here a strata that would run a task is a mistake of the page.
        var outcome = await ProcessRunner.RunAsync(new()
        {
            Command = ["bash", "-euxo", "pipefail", "-c", string.Join('\n', blocks)],
            WorkingDirectory = _directory,
            Environment = HostEnvironment.Current.RemoveRange(["MACHINE", "DISTRO"]).SetItem("PATH", $"{AppContext.BaseDirectory}:{HostEnvironment.Current["PATH"]}"),
        }, TestContext.Current.CancellationToken);

        Assert.True(outcome.Succeeded, $"{outcome.Output}\n{outcome.Error}");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_in_a_line_is_understood(string page)
    {
        foreach (var command in Inline().Matches(File.ReadAllText(PathOf(page))).Select(m => m.Groups["words"].Value))
        {
            var verb = CommandLineInterface.Definitions.Where(v => $"{command} ".StartsWith($"{v.Name} ", StringComparison.Ordinal)).MaxBy(v => v.Name.Length);
            Assert.True(verb is not null, $"{page}: strata {command}");
            var words = command[verb.Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is []) continue;
            using var parser = new Parser(settings => settings.HelpWriter = null);
            var type = CommandLineInterface.VerbTypes.Single(t => VerbDefinition.NameOf(t) == verb.Name);
            Assert.True(parser.ParseArguments([verb.Name, .. words], [type]) is Parsed<object>, $"{page}: strata {command}");
        }
    }

    [Fact]
    public void Every_link_leads_to_a_page()
    {
        foreach (var page in Pages.Select(p => p.Data))
            foreach (var link in Link().Matches(File.ReadAllText(PathOf(page))).Select(m => m.Groups["file"].Value))
                Assert.True(File.Exists(PathOf(link)), $"{page}: {link}");
    }

    [Theory]
    [InlineData("commands.md")]
    [InlineData("messages.md")]
    [InlineData("variables.md")]
    [InlineData("classes.md")]
    public void The_reference_is_what_the_code_says(string page)
    {
        var expected = page switch
        {
            "commands.md" => ReferencePages.Commands(),
            "messages.md" => ReferencePages.Messages(),
            "variables.md" => ReferencePages.Variables(),
            _ => ReferencePages.Classes(),
        };
        var file = PathOf(Path.Combine("reference", page));
        if (HostEnvironment.Current.ContainsKey("STRATA_WRITE_REFERENCE"))
        {
            AtomicFile.WriteAllText(file, expected);
            Assert.Skip($"{page} was written, not compared");
        }
        Assert.True(File.ReadAllText(file) == expected, $"docs/reference/{page} is out of date: STRATA_WRITE_REFERENCE=1 dotnet test tests/Strata.Tests --filter FullyQualifiedName~DocumentationTests");
    }

    [Fact]
    public void Every_variable_that_the_core_layer_sets_or_the_program_reads_is_described()
    {
        Assert.True(CoreLayer.ReadByTheProgram.Contains("IMAGE_INSTALL") && CoreLayer.Assignments.Any(a => a.Name == "OCI_CMD"));
        var unknown = CoreLayer.Assignments.Select(a => a.Name).Concat(CoreLayer.ReadByTheProgram).Distinct(StringComparer.Ordinal).Where(n => !CoreLayer.Pages.Variables.ContainsKey(n));
        Assert.True(!unknown.Any(), $"describe in meta-core/conf/documentation.conf: {string.Join(' ', unknown)}");
    }

    [Fact]
    public void Every_class_says_what_it_is_for()
    {
        Assert.NotEmpty(CoreLayer.Pages.Classes);
        Assert.All(CoreLayer.Pages.Classes, c => Assert.NotEqual("", CoreLayer.Pages.FindClass(c)));
    }

    private static string PathOf(string page) => RepositoryTree.Path(Path.Combine("docs", page));

    [GeneratedRegex(@"^```sh\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("`(?:[A-Z]+=[^ `]+ )?strata (?<words>[a-z][^`|<>$…]*)`")]
    private static partial Regex Inline();

    [GeneratedRegex(@"\]\((?<file>[a-z/-]+\.md)\)")]
    private static partial Regex Link();
}
