using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>
/// Writes what the package manager keeps about installed packages, so that it goes on where the image began and vulnerability scanners
/// recognise what is inside. A package with an own script is left unconfigured: the first 'dpkg --configure -a' or 'opkg configure' runs it.
/// </summary>
internal sealed class PackageDatabase(RootfsTree tree, FeedFormat format, PackageInstaller installer, RootfsRequest request, Diagnostics diagnostics)
{
    private const int ScriptMode = 0x1ED;

    public void Write(PackageSelection selection)
    {
        var packages = selection.Packages.OrderBy(p => p.Name, StringComparer.Ordinal).ToImmutableArray();
        WriteFile("status", string.Join('\n', packages.Select(p => Status(p, selection))));
        if (format == FeedFormat.Deb)
        {
            WriteFile("available", "");
            WriteFile("info/format", "1\n");
        }
        foreach (var package in packages) WriteInfo(package);
    }

    private void WriteInfo(AvailablePackage package)
    {
        var (manifest, files) = (package.Manifest, installer.FilesOf(package));
        var listed = files.Select(f => f.Path).ToImmutableArray();
        WriteInfo("list", string.Concat((format == FeedFormat.Deb ? listed.Insert(0, "/.") : listed).Select(p => p + "\n")));
        if (format == FeedFormat.Deb) WriteInfo("md5sums", Sums(manifest, files));
        else WriteInfo("control", ControlFile.Write(manifest, format));
        WriteInfo("conffiles", string.Concat(manifest.ConfigurationFiles.Select(f => f + "\n")));
        foreach (var (name, text) in MaintainerScripts.Of(manifest)) WriteInfo(name, text, ScriptMode);

        void WriteInfo(string kind, string text, int mode = 0x1A4)
        {
            if (text.Length > 0) WriteFile($"info/{package.Name}.{kind}", text, mode);
        }
    }

    private string Status(AvailablePackage package, PackageSelection selection)
    {
        var state = selection.FirstBootScriptOf(package).Length > 0 ? "unpacked" : "installed";
        var control = ControlFile.Write(package.Manifest, format, $"install {(format == FeedFormat.Deb ? "ok" : "user")} {state}");
        // As they came with the package: what the image changed in them counts as a change by the owner.
        var configuration = package.Manifest.ConfigurationFiles.Select(f => $" {f} {ContentSums.OfFile(package.ContentOf(f))}\n").ToImmutableArray();
        return configuration.IsEmpty ? control : $"{control}Conffiles:\n{string.Concat(configuration)}";
    }

    private string Sums(PackageManifest manifest, ImmutableArray<PackagedFile> files)
    {
        var sums = files.Where(f => f.Kind is FileKind.File or FileKind.HardLink && !manifest.ConfigurationFiles.Contains(f.Path, StringComparer.Ordinal))
            .Select(f => tree.Find(f.Path)).Where(e => e?.ContentPath is not null);
        return string.Concat(sums.Select(e => $"{ContentSums.OfFile(e!.ContentPath!)}  {e.Path[1..]}\n"));
    }

    private void WriteFile(string name, string text, int mode = 0x1A4) =>
        RootfsEditor.Apply(tree, new RootfsEdit.WriteFile($"{format.Database}/{name}", text, mode), request.Place, diagnostics);
}
