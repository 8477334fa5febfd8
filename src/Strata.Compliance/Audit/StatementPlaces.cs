using Strata.Core;

namespace Strata.Compliance;

/// <summary>Where a build puts the SBOMs of an image: beside it, one for each format.</summary>
public static class StatementPlaces
{
    private static readonly string[] s_imageEndings = [".oci", ".rootfs.tar.gz", ".rootfs.tar", ".tar.gz", ".tar"];

    /// <summary>In the order in which they are looked for.</summary>
    private static readonly string[] s_endings = [".spdx-2.3.json", ".spdx.json", ".cdx.json"];

    /// <summary>The SBOM beside the image; null after reporting that there is none.</summary>
    public static string? Find(string image, Diagnostics diagnostics)
    {
        var candidates = s_endings.Select(ending => Stem(image) + ending).ToList();
        if (candidates.Find(File.Exists) is { } found) return found;
        diagnostics.Add(ComplianceRules.NoStatement(image, candidates));
        return null;
    }

    /// <summary>What the names of an image and of its documents have in common.</summary>
    public static string Stem(string path)
    {
        var whole = path.TrimEnd('/');
        return whole[..^(s_imageEndings.Concat(s_endings).Append(".json").FirstOrDefault(e => whole.EndsWith(e, StringComparison.Ordinal)) ?? "").Length];
    }
}
