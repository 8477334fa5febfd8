using System.Collections.Immutable;
using Strata.Cli;
using Strata.Cli.Usage;
using Strata.Core;

namespace Strata.Tests.Cli;

/// <summary>The completion scripts, run by the shells they are for, with a strata that says what it is asked.</summary>
public sealed class CompletionTests : IDisposable
{
    private static readonly VerbDefinition[] s_verbs = [.. CommandLineInterface.Definitions];

    private readonly string _directory = Directory.CreateTempSubdirectory("strata-complete-").FullName;

    public CompletionTests()
    {
        var program = Path.Combine(_directory, "strata");
        File.WriteAllText(program, "#!/bin/sh\ncase \"$1 $2\" in 'recipe list') echo zlib; echo busybox ;; 'layer list') echo core; echo mine ;; esac\n");
        File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
    }

    public void Dispose() => FileTree.Delete(_directory);

    [Theory]
    [InlineData("strata bui", "build")]
    [InlineData("strata layer re", "recipes remove")]
    [InlineData("strata build --keep", "--keep-going")]
    [InlineData("strata build zl", "zlib")]
    [InlineData("strata -C /tmp layer show m", "mine")]
    [InlineData("strata getvar S -r b", "busybox")]
    [InlineData("strata completion z", "zsh")]
    public async Task Bash_completes(string line, string expected)
    {
        var script = Write("bash", BashCompletion.Script(s_verbs));
        var words = line.Split(' ');
        var ask = $"source {script}; COMP_WORDS=({line}); COMP_CWORD={words.Length - 1}; _strata; printf '%s\\n' \"${{COMPREPLY[@]}}\"";

        Assert.Equal(expected.Split(' '), await Ask("bash", "--norc", "-c", ask));
    }

    [Theory]
    [InlineData("strata bui", "build")]
    [InlineData("strata layer re", "recipes remove")]
    [InlineData("strata build --keep", "--keep-going")]
    [InlineData("strata build zl", "zlib")]
    [InlineData("strata getvar S -r b", "busybox")]
    [InlineData("strata completion z", "zsh")]
    public async Task Fish_completes(string line, string expected)
    {
        var script = Write("fish", FishCompletion.Script(s_verbs));
        var found = await Ask("fish", "--no-config", "-c", $"source {script}; complete -C '{line}'");

        Assert.Equal(expected.Split(' ').Order(StringComparer.Ordinal), found.Select(f => f.Split('\t')[0]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("bui", "build")]
    [InlineData("layer cre", "create")]
    [InlineData("build --keep", "--keep-going")]
    [InlineData("layer show mi", "mine")]
    public async Task Zsh_completes(string line, string expected)
    {
        _ = Write("_strata", ZshCompletion.Script(s_verbs));
        var outcome = await Ask("zsh", "-f", "-c", $"autoload -Uz compinit; fpath=({_directory} $fpath); compinit -u -D; source {_directory}/_strata; {Capture} words=(strata {line}); CURRENT=$#words; PREFIX=$words[CURRENT]; _strata");

        Assert.Contains(expected, outcome);
    }

    /// <summary>What the completion system would offer, printed instead: the two builtins that take the words.</summary>
    private const string Capture =
        "_describe() { local -a list=(\"${(@P)4}\"); local e; for e in $list; do [[ $e == $PREFIX* ]] && print -r -- ${e%%:*}; done }; compadd() { local e; for e in ${@:#--}; do [[ $e == $PREFIX* ]] && print -r -- $e; done };";

    private string Write(string name, string script)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, script);
        return path;
    }

    private async Task<string[]> Ask(params string[] command)
    {
        var environment = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add("PATH", $"{_directory}:/usr/bin:/bin").Add("HOME", _directory).Add("LANG", "C.UTF-8");
        var outcome = await ProcessRunner.RunAsync(new() { Command = [.. command], Environment = environment }, CancellationToken.None);
        Assert.True(outcome.Error.Length == 0, outcome.Error);
        return outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
