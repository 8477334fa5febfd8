namespace Strata.Fetch;

/// <summary>The file names by which archives are known.</summary>
internal static class ArchiveKinds
{
    private static readonly string[] s_compressions = [".gz", ".Z", ".z", ".bz2", ".xz", ".zst", ".lz", ".lz4"];
    private static readonly string[] s_tars = [".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tlz", ".tzst", .. s_compressions.Select(c => ".tar" + c)];
    private static readonly string[] s_zips = [".zip", ".jar"];
    private static readonly string[] s_packages = [".deb", ".ipk"];
    private static readonly string[] s_unknown = [".rpm", ".srpm", ".7z", ".rar", ".cpio"];

    public static ArchiveKind Of(string fileName)
    {
        return Ends(s_tars) ? ArchiveKind.Tar
            : Ends(s_zips) ? ArchiveKind.Zip
            : Ends(s_packages) ? ArchiveKind.Package
            : Ends(s_compressions) ? ArchiveKind.Compressed
            : Ends(s_unknown) ? ArchiveKind.Unknown
            : ArchiveKind.None;

        bool Ends(string[] extensions) => extensions.Any(e => fileName.EndsWith(e, StringComparison.Ordinal) && fileName.Length > e.Length);
    }
}
