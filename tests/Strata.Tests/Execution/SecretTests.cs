using Strata.Core;

namespace Strata.Tests.Execution;

/// <summary>Secrets of a task: there for it, and found in nothing that it leaves.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Token = "t0ken-of-the-test";
    private const string Password = "pass-w0rd-of-the-test";

    private readonly BuildWorkspace _workspace = new();

    public SecretTests()
    {
        File.WriteAllText(_workspace.PathOf("token"), Token + "\n");
        File.WriteAllText(_workspace.PathOf("netrc"), $"machine example.org login me password {Password}\n");
        _workspace.Options = _workspace.Options with
        {
            Secrets = new(_workspace.PathOf("netrc"), _workspace.PathOf("agent"), name => name == "token" ? _workspace.PathOf("token") : null),
        };
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_task_that_declares_a_secret_sees_it_and_the_next_one_does_not()
    {
        _ = _workspace.Recipe("a", """
            inherit chain
            do_compile[secrets] = "token netrc"
            do_compile () {
                wc -c < /build/secrets/token > lengths
                wc -c < $NETRC >> lengths
                test "$NETRC" = "$HOME/.netrc"
            }
            do_install () {
                test ! -e /build/secrets
                test -z "$NETRC"
                cp ${WORKDIR}/out/lengths ${D}/lengths
            }
            """);

        var outcome = await _workspace.BuildAsync("a");

        Assert.True(outcome.Succeeded, string.Join('\n', _workspace.Events));
        Assert.Equal($"{Token.Length + 1}\n{Password.Length + 39}\n", File.ReadAllText(_workspace.ArtifactPath(outcome, "a:do_sysroot", "lengths")));
    }

    [Theory]
    [InlineData("do_sysroot", "cat /build/secrets/token")]
    [InlineData("do_sysroot", "cat /build/secrets/token; exit 1")]
    [InlineData("do_compile", "cat $NETRC >&2")]
    public async Task A_secret_in_the_log_is_blotted_out(string task, string script)
    {
        _ = _workspace.Recipe("a", $"inherit chain\n{task}[secrets] = \"token netrc\"\n{task} () {{\n    mkdir -p ${{WORKDIR}}/sysroot\n    {script}\n}}\n");

        var outcome = await _workspace.BuildAsync("a");

        Assert.Equal([$"a:{task}"], outcome.Failed);
        var log = File.ReadAllText(_workspace.Work("a", $"temp/log.{task}"));
        Assert.Contains("******", log, StringComparison.Ordinal);
        Assert.DoesNotContain(_workspace.Events, e => $"{e}{log}".Contains(Token, StringComparison.Ordinal) || $"{e}{log}".Contains(Password, StringComparison.Ordinal));
        Assert.Equal(script.EndsWith("exit 1", StringComparison.Ordinal) ? ["STR5101"] : ["STR5131"], _workspace.Codes);
    }

    [Theory]
    [InlineData("do_sysroot", "mkdir -p ${WORKDIR}/sysroot/etc; cp /build/secrets/token ${WORKDIR}/sysroot/etc/.token")]
    [InlineData("do_compile", "printf 'x%s' $(cat /build/secrets/token) > deep")]
    [InlineData("do_compile", "base64 /build/secrets/token > deep")]
    [InlineData("do_compile", "(printf 'user:'; cat /build/secrets/token) | base64 > deep")]
    [InlineData("do_compile", "(printf 'me:'; cat $STRATA_SECRETS/token) | base64 > deep")]
    public async Task A_secret_in_what_goes_on_to_other_tasks_fails_the_task(string task, string script)
    {
        _ = _workspace.Recipe("a", $"inherit chain\n{task}[secrets] = \"token\"\n{task} () {{\n    {script}\n}}\n");
        var graph = _workspace.Graph("a");

        var outcome = await _workspace.BuildAsync(graph, TestContext.Current.CancellationToken);

        Assert.Equal([$"a:{task}"], outcome.Failed);
        Assert.Equal(["STR5131"], _workspace.Codes);
        Assert.Null(_workspace.Store.Find(graph.Find("a:do_sysroot")!.DeepKey.Digest));
    }

    [Fact]
    public async Task A_secret_that_is_not_there_is_told_with_the_line_that_names_its_place()
    {
        _ = _workspace.Recipe("a", "inherit chain\ndo_compile[secrets] = \"signing-key\"\n");

        _ = await _workspace.BuildAsync("a");

        var finding = Assert.Single(_workspace.Events.OfType<DiagnosticReported>()).Diagnostic;
        Assert.Equal("STR5130", finding.Rule.Code);
        Assert.Contains("STRATA_SECRETS[signing-key] = ", finding.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_agent_of_ssh_answers_in_the_task_that_declares_it_only()
    {
        using var stop = new CancellationTokenSource();
        var agent = ProcessRunner.RunAsync(new() { Command = ["ssh-agent", "-D", "-a", _workspace.PathOf("agent")] }, stop.Token);
        while (!agent.IsCompleted && !File.Exists(_workspace.PathOf("agent"))) await Task.Delay(10, TestContext.Current.CancellationToken);
        // Exit code 1: the agent has no key. 2: there is no agent.
        _ = _workspace.Recipe("a", """
            inherit chain
            do_compile[secrets] = "ssh-agent"
            do_compile () {
                ssh-add -l || test $? = 1
            }
            do_install () {
                ssh-add -l || test $? = 2
            }
            """);

        var outcome = await _workspace.BuildAsync("a");

        await stop.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => agent);
        Assert.True(outcome.Succeeded, string.Join('\n', _workspace.Events));
    }
}
