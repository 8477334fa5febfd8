using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Writes packages as dpkg and opkg install them: deb(5). Same manifest, same bytes.</summary>
public sealed partial class PackageFileWriter(FeedFormat format, DateTimeOffset epoch)
{
    private const int DirectoryMode = 0x1ED, FileMode = 0x1A4, ScriptMode = 0x1ED;

    private readonly long _time = Math.Max(0, epoch.ToUnixTimeSeconds());

    /// <summary>All packages of a do_package artifact, several at once; one whose version the format cannot say is reported and left out.</summary>
    public void WriteAll(string artifact, string outputDirectory, SourceSpan place, Diagnostics diagnostics, CancellationToken cancel)
    {
        Directory.CreateDirectory(outputDirectory);
        var list = PackageList.Read(artifact);
        foreach (var package in list.Packages.Where(p => !AllowedVersion().IsMatch(p.FullVersion)))
            diagnostics.Add(PackagingRules.BadVersion(place, package.Name, package.FullVersion));
        var split = list.Packages.SelectMany(p => p.Files.Where(f => f.Path.Contains('\n', StringComparison.Ordinal)).Take(1).Select(f => (p.Name, f.Path))).ToArray();
        foreach (var (name, path) in split) diagnostics.Add(PackagingRules.NameWithLineFeed(place, name, path));
        if (split.Length > 0) return;
        Parallel.ForEach(list.Packages.Where(p => AllowedVersion().IsMatch(p.FullVersion)), new ParallelOptions { CancellationToken = cancel },
            package => Write(new(package, artifact), Path.Combine(outputDirectory, format.FileNameOf(package))));
    }

    private void Write(AvailablePackage package, string path)
    {
        using var file = File.Create(path);
        var archive = new ArWriter(file, _time);
        archive.Add("debian-binary", target => target.Write("2.0\n"u8));
        archive.Add("control.tar.gz", target => WriteControl(package, target));
        archive.Add("data.tar.gz", target => WriteData(package, target));
    }

    private void WriteControl(AvailablePackage package, Stream target)
    {
        using var compressed = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true);
        var tar = new PaxTarStream(compressed, TarDialect.Gnu);
        tar.Write(Header("./", '5', DirectoryMode), null);
        Add("conffiles", string.Concat(package.Manifest.ConfigurationFiles.Select(f => f + "\n")), FileMode);
        Add("control", ControlFile.Write(package.Manifest, format), FileMode);
        Add("md5sums", ContentSums.Of(package), FileMode);
        foreach (var (name, text) in MaintainerScripts.Of(package.Manifest)) Add(name, text, ScriptMode);
        tar.Finish();

        void Add(string name, string text, int mode)
        {
            if (text.Length == 0) return;
            var bytes = Encoding.UTF8.GetBytes(text);
            tar.Write(Header($"./{name}", '0', mode) with { Size = bytes.Length }, new MemoryStream(bytes, writable: false));
        }
    }

    private void WriteData(AvailablePackage package, Stream target)
    {
        using var compressed = new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true);
        var tar = new PaxTarStream(compressed, TarDialect.Gnu);
        tar.Write(Header("./", '5', DirectoryMode), null);
        foreach (var file in package.Manifest.Files)
        {
            using var content = file.Kind == FileKind.File ? TarGzWriter.OpenSequential(package.ContentOf(file.Path)) : null;
            tar.Write(Header(file), content);
        }
        tar.Finish();
    }

    /// <summary>Owners by name: the system that installs it has the numbers, and the accounts are made before it unpacks.</summary>
    private TarHeader Header(PackagedFile file) => Header($".{file.Path}{(file.Kind == FileKind.Directory ? "/" : "")}", RootfsTarWriter.KindOf(file.Kind), file.Mode) with
    {
        User = file.User,
        Group = file.Group,
        Size = file.Kind == FileKind.File ? file.Size : 0,
        LinkName = file.Kind == FileKind.HardLink ? $".{file.Target}" : file.Target ?? "",
        DeviceMajor = file.DeviceMajor,
        DeviceMinor = file.DeviceMinor,
    };

    private TarHeader Header(string name, char kind, int mode) => new() { Name = name, Kind = kind, Mode = mode, User = "root", Group = "root", Time = _time };

    [GeneratedRegex(@"^([0-9]+:)?[0-9][A-Za-z0-9.+~-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex AllowedVersion();
}
