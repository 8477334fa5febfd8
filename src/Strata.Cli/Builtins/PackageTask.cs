using System.Collections.Immutable;
using Strata.Core;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>do_package: strips the install tree and splits it into packages.</summary>
internal static class PackageTask
{
    public static async Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var tree = context.HostPath(context.Text("D"));
        Directory.CreateDirectory(tree);
        if (!context.Flag("INHIBIT_PACKAGE_STRIP")) await StripAsync(context, tree, cancel);

        var diagnostics = new Diagnostics();
        var list = PackageSplitter.Split(Request(context, tree, diagnostics), diagnostics, cancel);
        context.Report(diagnostics);
        foreach (var package in list?.Packages ?? []) context.Log($"{package.Name}: {package.Files.Length} files");
    }

    /// <summary>One strip per kind of file: the options differ, and starting it for every file would cost more than the work.</summary>
    private static async Task StripAsync(BuiltinContext context, string tree, CancellationToken cancel)
    {
        foreach (var group in StripPlan.Of(tree, cancel).Entries.GroupBy(e => e.Kind))
        {
            ImmutableArray<string> command =
                [.. context.Words("STRIP"), .. group.First().Arguments, .. group.Select(e => context.Text("D") + e.Path)];
            var exitCode = await context.RunInSandboxAsync(command, cancel);
            if (exitCode == 0) continue;
            throw new TaskFailedException(CliRules.StripFailed(context.Task.Place, command[0], exitCode));
        }
    }

    private static PackageSplitRequest Request(BuiltinContext context, string tree, Diagnostics diagnostics) => new()
    {
        InstallTree = tree,
        OutputDirectory = context.ArtifactDirectory,
        Recipe = context.Text("PN"),
        Version = context.Text("PV"),
        Revision = context.Text("PR"),
        License = context.Text("LICENSE"),
        PackageArchitecture = context.Text("PACKAGE_ARCH"),
        TargetArchitecture = context.Text("HOST_ARCH"),
        Packages = [.. context.Words("PACKAGES").Select(name => Spec(context, name))],
        Ownership = OwnershipTable.Parse(context.Text("FILE_OWNERS"), context.Task.Place, diagnostics),
        DependencyArtifacts = [.. context.InputsOf(context.Task.TaskName).Select(i => i.Path)],
        Qa = QaPolicy.Parse(context.Variable("ERROR_QA"), context.Variable("WARN_QA"), context.Variable("INSANE_SKIP")),
        Place = context.Task.Place,
    };

    private static PackageSpec Spec(BuiltinContext context, string name)
    {
        return new()
        {
            Name = name,
            Files = Words("FILES"),
            AllowEmpty = Text("ALLOW_EMPTY") is not ("" or "0"),
            Summary = Text("SUMMARY"),
            License = context.Variable($"LICENSE:{name}"),
            Depends = Text("RDEPENDS"),
            Recommends = Text("RRECOMMENDS"),
            Provides = Text("RPROVIDES"),
            Conflicts = Text("RCONFLICTS"),
            Replaces = Text("RREPLACES"),
            ConfigurationFiles = Words("CONFFILES"),
            Alternatives = Words("ALTERNATIVES"),
            UserOptions = Text("USERADD_PARAM"),
            GroupOptions = Text("GROUPADD_PARAM"),
            SkippedChecks = Words("INSANE_SKIP"),
        };

        string Text(string variable) => context.ForPackage(variable, name) ?? "";

        ImmutableArray<string> Words(string variable) => [.. Text(variable).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
    }
}
