using Strata.Core;

namespace Strata.Tests.Packaging;

/// <summary>Real programs of the machine; <c>bootstrap.sh</c> installs them, so a missing one is a failure and not a reason to skip.</summary>
internal static class Tool
{
    public static void Require(params string[] programs)
    {
        foreach (var program in programs) Assert.True(Exists(program), $"{program} is not installed; run ./bootstrap.sh test");
    }

    public static bool Exists(string program) =>
        "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin".Split(':').Any(d => File.Exists(Path.Combine(d, program)));

    /// <summary>Runs it and insists on success.</summary>
    public static async Task<string> RunAsync(params string[] command)
    {
        var outcome = await ProcessRunner.RunAsync(new() { Command = [.. command] }, TestContext.Current.CancellationToken);
        Assert.True(outcome.Succeeded, $"{string.Join(' ', command)}: exit code {outcome.ExitCode}\n{outcome.Output}\n{outcome.Error}");
        return outcome.Output;
    }

    public static async Task CompileAsync(string compiler, string source, string output, params string[] options)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(output)!);
        var file = output + ".c";
        await File.WriteAllTextAsync(file, source);
        await RunAsync([compiler, file, "-o", output, .. options]);
        File.Delete(file);
    }
}
