using System.Collections.Immutable;
using Strata.Compliance;
using Strata.Core;
using Strata.Execution;
using Strata.Fetch;

namespace Strata.Cli.Builtins;

/// <summary>do_populate_lic: checks LIC_FILES_CHKSUM and collects the texts.</summary>
internal sealed class LicensesTask(SourceTools sources)
{
    public Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        var diagnostics = new Diagnostics();
        LicenseCollector.Collect(new()
        {
            Recipe = context.Text("PN"),
            Version = context.Text("PV"),
            Summary = context.Text("SUMMARY"),
            Homepage = context.Text("HOMEPAGE"),
            Cpes = [.. context.Words("CVE_PRODUCT").Select(product => Cpe(product, context.Text("CVE_VERSION")))],
            Sources = [.. SourceTools.Plan(context).Sources.SelectMany(Sources)],
            Detected = SourceFindings.Read(context.WorkDirectory),
            License = context.Text("LICENSE"),
            PackageLicenses = context.Words("PACKAGES").Where(p => context.Variable($"LICENSE:{p}") is not null)
                .Distinct(StringComparer.Ordinal).ToImmutableSortedDictionary(p => p, p => context.Text($"LICENSE:{p}"), StringComparer.Ordinal),
            Evidence = context.Text("LIC_FILES_CHKSUM"),
            SourceDirectory = context.HostPath(context.Text("S")),
            GoModules = GoModules(context),
            Crates = Path.Combine(context.HostPath(context.Text("UNPACKDIR")), "cargo_home/bitbake"),
            ReviewedTexts = Path.Combine(sources.Blobs.Root, "licenses"),
            OutputDirectory = context.ArtifactDirectory,
            EvidenceRequired = context.Text("SRC_URI").Length > 0,
            Place = context.Task.Place,
        }, diagnostics);
        context.Report(diagnostics);
        return Task.CompletedTask;
    }

    /// <summary>Where gomod:// entries of SRC_URI lie.</summary>
    private static string GoModules(BuiltinContext context) => Path.Combine(context.HostPath(context.Text("UNPACKDIR")), "pkg/mod");

    /// <summary>CPE 2.3 formatted string (NIST IR 7695); CVE_PRODUCT is <c>product</c> or <c>vendor:product</c> as in Yocto.</summary>
    private static string Cpe(string product, string version)
    {
        var parts = product.Split(':', 2);
        return $"cpe:2.3:a:{(parts.Length == 2 ? Bound(parts[0]) : "*")}:{Bound(parts[^1])}:{Bound(version)}:*:*:*:*:*:*:*";

        static string Bound(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? $"{c}" : $"\\{c}"));
    }

    /// <summary>Without the name of this machine's directories; a directory of a layer is all of its files.</summary>
    private static IEnumerable<RecipeSource> Sources(PinnedSource source)
    {
        switch (source)
        {
            case PinnedFile file:
                yield return new(file.Uri.Address, Sha256: file.Pin.Hex, IsPatch: PatchSeries.IsPatch(file), Fixes: Fixes(file, file.Uri.Address, []));
                break;
            case PinnedGit git:
                yield return new(git.Uri.Address, Revision: git.Revision);
                break;
            case LocalFile local when Directory.Exists(local.Path):
                foreach (var path in Directory.EnumerateFiles(local.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                    yield return new($"{local.Uri.Path.TrimEnd('/')}/{Path.GetRelativePath(local.Path, path)}", Sha256: Digest.OfFile(path).Hex);
                break;
            case LocalFile local:
                yield return new(local.Uri.Path, Sha256: Digest.OfFile(local.Path).Hex, IsPatch: PatchSeries.IsPatch(local), Fixes: Fixes(local, local.Uri.Path, File.ReadLines(local.Path)));
                break;
        }
    }

    /// <summary>Of a downloaded patch its name has to do: it need not be here.</summary>
    private static string? Fixes(PinnedSource source, string name, IEnumerable<string> lines) =>
        PatchSeries.IsPatch(source) && PatchFixes.Of(name, lines) is { Length: > 0 } fixes ? fixes : null;
}
