using System.Collections.Immutable;
using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>The tasks that Strata carries out itself, under the names that <c>[builtin]</c> flags use. Each one translates variables into a request of one stage.</summary>
public static class BuiltinTasks
{
    public static ImmutableSortedDictionary<string, BuiltinTask> All(SourceTools sources) => new Dictionary<string, BuiltinTask>
    {
        ["fetch"] = new FetchTask(sources).RunAsync,
        ["unpack"] = new UnpackTask(sources).RunAsync,
        ["patch"] = new PatchTask(sources).RunAsync,
        ["import_host_packages"] = new ImportHostPackagesTask(sources).RunAsync,
        ["package"] = PackageTask.RunAsync,
        ["package_write_deb"] = new PackageWriteTask(FeedFormat.Deb).RunAsync,
        ["package_write_ipk"] = new PackageWriteTask(FeedFormat.Ipk).RunAsync,
        ["package_index"] = PackageIndexTask.RunAsync,
        ["scan"] = ScanTask.RunAsync,
        ["licenses"] = new LicensesTask(sources).RunAsync,
        ["rootfs"] = RootfsTask.RunAsync,
        ["image_oci"] = new OciImageTask(sources).RunAsync,
        ["image_tar"] = TarImageTask.RunAsync,
        ["image_wic"] = DiskImageTask.RunAsync,
        ["license_manifest"] = LicenseManifestTask.RunAsync,
        ["provenance"] = ProvenanceTask.RunAsync,
        ["sbom"] = SbomTask.RunAsync,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
