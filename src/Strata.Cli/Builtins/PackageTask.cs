using System.Collections.Immutable;
using Strata.Core;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>do_package: strips the install tree and splits it into packages.</summary>
internal static class PackageTask
{
    private static readonly ImmutableArray<string> s_scripts = ["preinst", "postinst", "postinst_ontarget", "prerm", "postrm"];

    public static async Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var installed = context.HostPath(context.Text("D"));
        Directory.CreateDirectory(installed);
        var plan = context.Flag("INHIBIT_PACKAGE_STRIP") ? new StripPlan([]) : StripPlan.Of(installed, cancel);
        var tree = plan.Entries.IsEmpty ? installed : await StripCopyAsync(context, plan, cancel);

        var diagnostics = new Diagnostics();
        var list = PackageSplitter.Split(Request(context, tree, diagnostics), diagnostics, cancel);
        context.Report(diagnostics);
        foreach (var package in list?.Packages ?? []) context.Log($"{package.Name}: {package.Files.Length} files");
    }

    /// <summary>Strips a copy: other tasks of the recipe may read the install tree at the same time, and want it whole.</summary>
    /// <returns>The copy, PKGD, on the build machine.</returns>
    private static async Task<string> StripCopyAsync(BuiltinContext context, StripPlan plan, CancellationToken cancel)
    {
        var copy = context.Text("PKGD");
        await RunAsync(context, ["cp", "-a", context.Text("D") + "/.", copy], cancel);
        // One strip per kind of file: the options differ, and starting it for every file would cost more than the work.
        foreach (var group in plan.Entries.GroupBy(e => e.Kind))
            await RunAsync(context, [.. context.Words("STRIP"), .. group.First().Arguments, .. group.Select(e => copy + e.Path)], cancel);
        return context.HostPath(copy);
    }

    private static async Task RunAsync(BuiltinContext context, ImmutableArray<string> command, CancellationToken cancel)
    {
        var exitCode = await context.RunInSandboxAsync(command, cancel);
        if (exitCode != 0) throw new TaskFailedException(CliRules.StripFailed(context.Task.Place, command[0], exitCode));
    }

    private static PackageSplitRequest Request(BuiltinContext context, string tree, Diagnostics diagnostics) => new()
    {
        InstallTree = tree,
        OutputDirectory = context.ArtifactDirectory,
        Recipe = context.Text("PN"),
        Version = context.Text("PV"),
        Revision = context.Text("PR"),
        License = context.Text("LICENSE"),
        Homepage = context.Text("HOMEPAGE"),
        Maintainer = context.Text("MAINTAINER"),
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
            Files = List("FILES"),
            AllowEmpty = Text("ALLOW_EMPTY") is not ("" or "0"),
            Summary = Text("SUMMARY"),
            Description = Text("DESCRIPTION"),
            Section = Text("SECTION"),
            Scripts = s_scripts.Where(s => Text($"pkg_{s}").Length > 0).ToImmutableSortedDictionary(s => s, s => Text($"pkg_{s}"), StringComparer.Ordinal),
            License = context.Variable($"LICENSE:{name}"),
            Depends = Text("RDEPENDS"),
            Recommends = Text("RRECOMMENDS"),
            Provides = Text("RPROVIDES"),
            Conflicts = Text("RCONFLICTS"),
            Replaces = Text("RREPLACES"),
            ConfigurationFiles = List("CONFFILES"),
            Alternatives = List("ALTERNATIVES"),
            UserOptions = Text("USERADD_PARAM"),
            GroupOptions = Text("GROUPADD_PARAM"),
            SkippedChecks = List("INSANE_SKIP"),
        };

        string Text(string variable) => context.ForPackage(variable, name) ?? "";

        ImmutableArray<string> List(string variable) => [.. Words.Of(Text(variable))];
    }
}
