using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>
/// Makes a directory of packages a feed: <c>Packages</c> and <c>Packages.gz</c>, which apt and opkg read, and for apt <c>Release</c>, which
/// says their digests and is what gets signed.
/// </summary>
public sealed class FeedIndex(FeedFormat format, string label, DateTimeOffset epoch)
{
    private static readonly ImmutableArray<string> s_indexes = ["Packages", "Packages.gz"];

    /// <summary>The file whose signature vouches for the feed.</summary>
    public string SignedFile => format == FeedFormat.Deb ? "Release" : "Packages";

    /// <exception cref="InvalidDataException">A file in the directory is called a package and is none.</exception>
    public void Write(string directory)
    {
        var packages = Directory.EnumerateFiles(directory, $"*.{format.Name}").Order(StringComparer.Ordinal).ToImmutableArray();
        var index = Encoding.UTF8.GetBytes(string.Join('\n', packages.Select(Paragraph)));
        File.WriteAllBytes(Path.Combine(directory, "Packages"), index);
        using (var compressed = new GZipStream(File.Create(Path.Combine(directory, "Packages.gz")), CompressionLevel.Optimal)) compressed.Write(index);
        if (format == FeedFormat.Deb) File.WriteAllText(Path.Combine(directory, "Release"), Release(directory, packages));
    }

    /// <summary>What the package says of itself, where it lies and how to recognise it.</summary>
    private string Paragraph(string file)
    {
        var (sum, digest) = format == FeedFormat.Deb ? ("MD5sum", "SHA256") : ("MD5Sum", "SHA256sum");
        return string.Create(CultureInfo.InvariantCulture,
            $"{ControlFile.Read(file)}Filename: {(format == FeedFormat.Deb ? "./" : "")}{Path.GetFileName(file)}\nSize: {new FileInfo(file).Length}\n{sum}: {ContentSums.OfFile(file)}\n{digest}: {Digest.OfFile(file).Hex}\n");
    }

    private string Release(string directory, ImmutableArray<string> packages)
    {
        var architectures = packages.Select(p => Path.GetFileNameWithoutExtension(p).Split('_')[^1]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var files = s_indexes.Select(name => Path.Combine(directory, name))
            .Select(path => string.Create(CultureInfo.InvariantCulture, $" {Digest.OfFile(path).Hex} {new FileInfo(path).Length} {Path.GetFileName(path)}\n"));
        var date = epoch.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return $"Origin: {label}\nLabel: {label}\nDate: {date}\nArchitectures: {string.Join(' ', architectures)}\nSHA256:\n{string.Concat(files)}";
    }
}
