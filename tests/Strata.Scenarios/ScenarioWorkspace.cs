using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Scenarios;

/// <summary>A workspace on disk, and the <c>strata</c> that works in it.</summary>
public sealed class ScenarioWorkspace(string top, ITestOutputHelper? output)
{
    public string Top => top;

    /// <summary>Extra environment for the following runs, such as MACHINE.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>Words before <c>strata</c>, such as <c>setpriv --reuid 65534</c>.</summary>
    public ImmutableArray<string> Prefix { get; init; } = [];

    /// <summary>The same workspace, where every command starts with these words.</summary>
    public ScenarioWorkspace Through(params ReadOnlySpan<string> prefix) => new(top, output) { Prefix = [.. prefix] };

    public string PathOf(string relative) => Path.Combine(top, relative);

    public void Edit(string file, Func<string, string> edit) => File.WriteAllText(PathOf(file), edit(File.ReadAllText(PathOf(file))));

    /// <param name="arguments">Divided at blanks.</param>
    public Task<Run> Strata(string arguments, CancellationToken cancel = default) =>
        RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), cancel);

    /// <param name="arguments">Which may hold blanks.</param>
    public Task<Run> Command(params ReadOnlySpan<string> arguments) => RunAsync(arguments.ToArray(), default);

    private async Task<Run> RunAsync(string[] arguments, CancellationToken cancel)
    {
        var spec = new ProcessSpec
        {
            Command = [.. Prefix, Checkout.Strata, .. arguments],
            WorkingDirectory = top,
            Environment = BaseEnvironment().SetItems(Environment),
        };
        var run = new Run(await ProcessRunner.RunAsync(spec, cancel));
        output?.WriteLine($"$ strata {string.Join(' ', arguments)}\n{run.Text}");
        return run;
    }

    private static ImmutableSortedDictionary<string, string> BaseEnvironment() =>
        new[] { "PATH", "HOME", "DOTNET_ROOT", "SSL_CERT_FILE", "SSL_CERT_DIR", "http_proxy", "https_proxy" }
            .Select(name => KeyValuePair.Create(name, System.Environment.GetEnvironmentVariable(name)))
            .Where(v => v.Value is not null)
            .ToImmutableSortedDictionary(v => v.Key, v => v.Value!, StringComparer.Ordinal);
}
