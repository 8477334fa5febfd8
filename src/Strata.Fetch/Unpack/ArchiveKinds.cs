namespace Strata.Fetch;

/// <summary>The file names by which archives are known.</summary>
internal static class ArchiveKinds
{
    private static readonly string[] s_compressions = [".gz", ".Z", ".z", ".bz2", ".xz", ".zst", ".lz", ".lz4", ".lzma"];
    private static readonly string[] s_tars = [".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tlz", ".tzst", ".crate", ".gem", .. s_compressions.Select(c => ".tar" + c)];
    private static readonly string[] s_zips = [".zip", ".jar"];
    private static readonly string[] s_packages = [".deb", ".ipk"];
    private static readonly string[] s_cpios = [".cpio", .. s_compressions.Select(c => ".cpio" + c)];
    private static readonly string[] s_rpms = [".rpm", ".srpm"];
    private static readonly string[] s_sevenZips = [".7z"];
    private static readonly string[] s_unknown = [".rar"];

    public static ArchiveKind Of(string fileName)
    {
        return Ends(s_tars) ? ArchiveKind.Tar
            : Ends(s_zips) ? ArchiveKind.Zip
            : Ends(s_packages) ? ArchiveKind.Package
            : Ends(s_cpios) ? ArchiveKind.Cpio
            : Ends(s_rpms) ? ArchiveKind.Rpm
            : Ends(s_sevenZips) ? ArchiveKind.SevenZip
            : Ends(s_compressions) ? ArchiveKind.Compressed
            : Ends(s_unknown) ? ArchiveKind.Unknown
            : ArchiveKind.None;

        bool Ends(string[] extensions) => extensions.Any(e => fileName.EndsWith(e, StringComparison.Ordinal) && fileName.Length > e.Length);
    }
}
