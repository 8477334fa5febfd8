using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Strata.Packaging;

/// <summary>The md5sums file of a package, by which dpkg finds changed files. MD5 is what it reads; nothing of Strata relies on it.</summary>
[SuppressMessage("Security", "CA5351", Justification = "the format demands MD5; nothing relies on it")]
internal static class ContentSums
{
    /// <summary>One line for each regular file that is no configuration file, as dh_md5sums writes them; reads every file.</summary>
    public static string Of(AvailablePackage package)
    {
        var manifest = package.Manifest;
        return string.Concat(manifest.Files
            .Where(f => f.Kind == FileKind.File && !manifest.ConfigurationFiles.Contains(f.Path, StringComparer.Ordinal))
            .Select(f => $"{OfFile(package.ContentOf(f.Path))}  {f.Path[1..]}\n"));
    }

    public static string OfFile(string path)
    {
        using var file = TarGzWriter.OpenSequential(path);
        return Convert.ToHexStringLower(MD5.HashData(file));
    }
}
