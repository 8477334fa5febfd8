using Strata.Core;

namespace Strata.Cache;

/// <summary>Everything Strata can say about its store, downloads and history: codes STR8000 to STR8999, one method each.</summary>
public static class CacheRules
{
    private static readonly Rule s_diskFull = new("STR8001", Severity.Error, "Disk full");
    private static readonly Rule s_notWritable = new("STR8002", Severity.Error, "Store not writable");
    private static readonly Rule s_failed = new("STR8003", Severity.Error, "Store failure");
    private static readonly Rule s_noTree = new("STR8004", Severity.Error, "Artifact directory missing");
    private static readonly Rule s_unsupported = new("STR8005", Severity.Error, "Entry cannot be stored");
    private static readonly Rule s_nameNotUtf8 = new("STR8006", Severity.Error, "File name is not UTF-8");
    private static readonly Rule s_damagedArtifact = new("STR8007", Severity.Warning, "Damaged artifact");
    private static readonly Rule s_damagedBlob = new("STR8008", Severity.Warning, "Damaged download");
    private static readonly Rule s_storeInUse = new("STR8009", Severity.Note, "Store in use");
    private static readonly Rule s_historyUnusable = new("STR8010", Severity.Warning, "Build history unusable");

    public static Diagnostic DiskFull(string path) =>
        s_diskFull.At(new(path), "no space left on the device; nothing was stored",
            hint: "free some space, for instance with 'strata cache gc', and build again");

    public static Diagnostic NotWritable(string path, string reason) =>
        s_notWritable.At(new(path), $"the store cannot be written: {reason}",
            hint: $"check who may write there with 'ls -ld {path}', or choose a directory of yours");

    public static Diagnostic Failed(string path, string reason) =>
        s_failed.At(new(path), reason, hint: "check the file system under it, then build again");

    public static Diagnostic NoTree(string path) =>
        s_noTree.At(new(path), "this directory was to become an artifact, but it does not exist",
            hint: "let the task create the directory that its [artifact] flag names, even when it stays empty");

    public static Diagnostic Unsupported(string path, string kind) =>
        s_unsupported.At(new(path), $"an artifact holds files, directories and symbolic links, but this is a {kind}",
            hint: "remove it in the task that makes it; device nodes of an image are declared in its device table");

    public static Diagnostic NameNotUtf8(string directory) =>
        s_nameNotUtf8.At(new(directory), "this directory has a file whose name is not valid UTF-8",
            hint: $"list it with 'ls -b {directory}' and rename or remove the file in the task that makes it");

    public static Diagnostic DamagedArtifact(string path, string reason) =>
        s_damagedArtifact.At(new(path), $"{reason}; it was removed and will be rebuilt when needed",
            hint: "if this happens again, check the disk and what else writes to the store");

    public static Diagnostic DamagedBlob(string path, string reason) =>
        s_damagedBlob.At(new(path), $"{reason}; it was removed and will be fetched again when needed",
            hint: "if this happens again, check the disk and what else writes to the download directory");

    public static Diagnostic StoreInUse(string path) =>
        s_storeInUse.At(new(path), "a build is using this store, so nothing was collected",
            hint: "run 'strata cache gc' again when the build has finished");

    public static Diagnostic HistoryUnusable(string path, string reason) =>
        s_historyUnusable.At(new(path), $"the build history cannot be used: {reason}",
            hint: $"nothing but 'strata why' and time estimates depends on it; remove it with 'rm {path}*' to start a new one");
}
