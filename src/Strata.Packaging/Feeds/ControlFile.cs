using System.Collections.Immutable;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Strata.Packaging;

/// <summary>The description of a package that package managers read: Debian policy, chapter 5, which opkg follows.</summary>
internal static class ControlFile
{
    /// <summary>The paragraph without an empty line at its end; fields without a value are left out.</summary>
    /// <param name="status">What a database says of an installed package; null in packages and feeds.</param>
    public static string Write(PackageManifest package, FeedFormat format, string? status = null)
    {
        var text = new StringBuilder();
        Field("Package", package.Name);
        Field("Status", status ?? "");
        Field("Source", package.Recipe == package.Name ? "" : package.Recipe);
        Field("Version", package.FullVersion);
        Field("Architecture", format.ArchitectureOf(package.Architecture));
        Field("Maintainer", package.Maintainer);
        Field("Installed-Size", format.InstalledSize(package.InstalledSize).ToString(CultureInfo.InvariantCulture));
        Field("Depends", Relations(Needs(package)));
        Field("Recommends", Relations(package.Recommends.Select(PackageRelation.Parse)));
        Field("Provides", Relations(package.Provides.Select(PackageRelation.Parse)));
        Field("Conflicts", Relations(package.Conflicts.Select(PackageRelation.Parse)));
        Field("Replaces", Relations(package.Replaces.Select(PackageRelation.Parse)));
        Field("Section", package.Section);
        Field("Priority", "optional");
        Field("Homepage", package.Homepage);
        if (format == FeedFormat.Ipk) Field("License", package.License);
        Field("Description", Description(package));
        return text.ToString();

        void Field(string name, string value)
        {
            if (value.Length > 0) text.Append(name).Append(": ").Append(value).Append('\n');
        }

        string Relations(IEnumerable<PackageRelation> relations) => string.Join(", ", relations.Where(r => format.NamesFiles || r.Name[0] != '/'));
    }

    /// <summary>The paragraph inside a package file.</summary>
    /// <exception cref="InvalidDataException">The file is not a package.</exception>
    public static string Read(string packageFile)
    {
        using var archive = File.OpenRead(packageFile);
        using var member = ArMember.Find(archive, "control.tar.gz") ?? throw new InvalidDataException($"'{packageFile}' has no control.tar.gz");
        using var tar = new TarReader(new GZipStream(member, CompressionMode.Decompress));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry is not { Name: "./control", DataStream: { } content }) continue;
            using var reader = new StreamReader(content);
            return reader.ReadToEnd();
        }
        throw new InvalidDataException($"'{packageFile}' has no control file");
    }

    /// <summary>What was declared, and what the files turned out to need; a declared constraint says more than a found one.</summary>
    private static IEnumerable<PackageRelation> Needs(PackageManifest package)
    {
        var declared = package.Depends.Select(PackageRelation.Parse).ToImmutableArray();
        var constrained = declared.Where(d => d.Operator.Length > 0).Select(d => d.Name).ToImmutableHashSet(StringComparer.Ordinal);
        var found = package.AutomaticDepends.Where(d => !constrained.Contains(d.Name)).ToImmutableArray();
        return declared.Where(d => d.Operator.Length > 0 || !found.Any(f => f.Name == d.Name)).Concat(found);
    }

    /// <summary>Lines after the first begin with a blank, an empty one is a dot.</summary>
    private static string Description(PackageManifest package)
    {
        var summary = package.Summary.Length > 0 ? package.Summary : package.Name;
        var lines = package.Description.Trim().Split('\n').Select(l => l.Trim());
        var more = package.Description.Trim() == summary || package.Description.Length == 0 ? [] : lines.Select(l => l.Length == 0 ? "\n ." : $"\n {l}");
        return summary.ReplaceLineEndings(" ") + string.Concat(more);
    }
}
