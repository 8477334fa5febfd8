using System.Collections.Immutable;
using Strata.Core;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>do_package: strips the install tree and splits it into packages.</summary>
internal static class PackageTask
{
    private const int MinPerStrip = 16;

    private static readonly ImmutableArray<string> s_scripts = ["preinst", "postinst", "postinst_ontarget", "prerm", "postrm"];

    public static async Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var installed = context.HostPath(context.Text("D"));
        Directory.CreateDirectory(installed);
        var plan = context.Flag("INHIBIT_PACKAGE_STRIP") ? StripPlan.None : StripPlan.Of(installed, cancel);
        var tree = plan.Entries.IsEmpty ? installed : await StripCopyAsync(context, plan, cancel);

        var diagnostics = new Diagnostics();
        var record = InstallRecord.Read(installed + ".owners");
        var list = PackageSplitter.Split(Request(context, tree, plan, diagnostics) with { Record = record }, diagnostics, cancel);
        context.Report(diagnostics);
        foreach (var package in list?.Packages ?? []) context.Log($"{package.Name}: {package.Files.Length} files");
    }

    /// <summary>Strips a copy: other tasks of the recipe may read the install tree at the same time, and want it whole.</summary>
    /// <returns>The copy, PKGD, on the build machine.</returns>
    private static async Task<string> StripCopyAsync(BuiltinContext context, StripPlan plan, CancellationToken cancel)
    {
        var copy = context.Text("PKGD");
        await RunAsync(context, ["cp", "-a", context.Text("D") + "/.", copy], cancel);
        var split = KeepsDebugSymbols(context) ? plan.Entries.Where(e => e.HasDebugInformation).ToImmutableArray() : [];
        foreach (var directory in split.Select(e => Path.GetDirectoryName(copy + DebugSplit.PathOf(e.Path))!).Distinct(StringComparer.Ordinal))
            Directory.CreateDirectory(context.HostPath(directory));
        await Parallel.ForEachAsync(split, cancel, async (e, stop) =>
            await RunAsync(context, [.. context.Words("OBJCOPY"), "--only-keep-debug", copy + e.Path, copy + DebugSplit.PathOf(e.Path)], stop));
        await Parallel.ForEachAsync(StripCommands(context, plan, copy), cancel, async (command, stop) => await RunAsync(context, command, stop));
        await Parallel.ForEachAsync(split, cancel, async (e, stop) =>
            await RunAsync(context, [.. context.Words("OBJCOPY"), $"--add-gnu-debuglink={copy}{DebugSplit.PathOf(e.Path)}", copy + e.Path], stop));
        return context.HostPath(copy);
    }

    private static bool KeepsDebugSymbols(BuiltinContext context) =>
        !context.Flag("INHIBIT_PACKAGE_DEBUG_SPLIT") && context.Words("PACKAGES").Any(p => p.EndsWith("-dbg", StringComparison.Ordinal));

    /// <summary>The options differ by kind of file; of each kind as many as there are cores, because starting strip for every file would cost more than the work.</summary>
    private static IEnumerable<ImmutableArray<string>> StripCommands(BuiltinContext context, StripPlan plan, string copy) =>
        from kind in plan.Entries.GroupBy(e => e.Kind)
        from part in kind.Chunk(Math.Max(MinPerStrip, (kind.Count() + Environment.ProcessorCount - 1) / Environment.ProcessorCount))
        select (ImmutableArray<string>)[.. context.Words("STRIP"), .. part[0].Arguments, .. part.Select(e => copy + e.Path)];

    private static async Task RunAsync(BuiltinContext context, ImmutableArray<string> command, CancellationToken cancel)
    {
        var exitCode = await context.RunInSandboxAsync(command, cancel);
        if (exitCode != 0) throw new TaskFailedException(CliRules.StripFailed(context.Task.Place, command[0], exitCode));
    }

    private static PackageSplitRequest Request(BuiltinContext context, string tree, StripPlan plan, Diagnostics diagnostics) => new()
    {
        InstallTree = tree,
        OutputDirectory = context.ArtifactDirectory,
        Recipe = context.Text("PN"),
        Version = context.Text("PACKAGE_VERSION"),
        Revision = context.Text("PKGR"),
        License = context.Text("LICENSE"),
        Homepage = context.Text("HOMEPAGE"),
        Maintainer = context.Text("MAINTAINER"),
        PackageArchitecture = context.Text("PACKAGE_ARCH"),
        TargetArchitecture = context.Text("HOST_ARCH"),
        Packages = [.. context.Words("PACKAGES").Select(name => Spec(context, name))],
        Ownership = OwnershipTable.Parse(context.Text("FILE_OWNERS"), context.Task.Place, diagnostics),
        DependencyArtifacts = [.. context.InputsOf(context.Task.TaskName).Select(i => i.Path)],
        LibraryDirectory = context.Text("libdir"),
        PrivateLibraries = [.. context.Words("PACKAGES").SelectMany(p => Words.Of(context.ForPackage("PRIVATE_LIBS", p) ?? "")).Distinct(StringComparer.Ordinal)],
        AlreadyStripped = plan.AlreadyStripped,
        Links = LinkRecords.Read(context.HostPath(context.Text("STRATA_LINKS")), path => HostPathOrNull(context, path)),
        BuildDirectories = [.. new[] { "STRATA_LINKS", "UNPACKDIR", "B" }.Select(context.Text).Distinct(StringComparer.Ordinal)
            .Select(d => HostPathOrNull(context, d)).OfType<string>()],
        WorkDirectory = context.Text("WORKDIR"),
        Sysroot = context.Text("STAGING_DIR_TARGET"),
        SysrootParts = [.. context.InputsOf("do_populate_sysroot").Where(i => i.Mount == context.Text("STAGING_DIR_TARGET")).Select(i => new SysrootPart(i.Recipe, i.Path))],
        Runtime = RuntimeCode.ParseList(context.Text("LINKED_RUNTIME")),
        CargoLock = Path.Combine(HostPathOrNull(context, context.Text("S")) ?? "", "Cargo.lock"),
        Qa = QaPolicy.Parse(context.Variable("ERROR_QA"), context.Variable("WARN_QA"), context.Variable("INSANE_SKIP")),
        Place = context.Task.Place,
    };

    /// <summary>Null for what lies outside of the work directory, which is gone by now.</summary>
    private static string? HostPathOrNull(BuiltinContext context, string path)
    {
        try
        {
            return path.StartsWith(context.Text("WORKDIR") + "/", StringComparison.Ordinal) ? context.HostPath(path) : null;
        }
        catch (TaskFailedException)
        {
            return null;
        }
    }

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
