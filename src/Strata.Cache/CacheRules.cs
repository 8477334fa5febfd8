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

    private static readonly Rule s_remoteUnusable = new("STR8011", Severity.Warning, "Remote unusable");
    private static readonly Rule s_remoteTakesNothing = new("STR8012", Severity.Warning, "Remote takes no uploads");
    private static readonly Rule s_remoteLies = new("STR8013", Severity.Warning, "Remote sends wrong things");
    private static readonly Rule s_recordNotTrusted = new("STR8014", Severity.Warning, "Record without a trusted signature");
    private static readonly Rule s_notStored = new("STR8015", Severity.Warning, "Artifact of a remote not stored");
    private static readonly Rule s_noZstd = new("STR8016", Severity.Error, "zstd is missing");
    private static readonly Rule s_damagedKey = new("STR8017", Severity.Warning, "Damaged key");

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

    public static Diagnostic DamagedKey(string path) =>
        s_damagedKey.At(new(path), "this file does not say which artifact its key leads to; it was removed and will be written anew when needed",
            hint: "if this happens again, check the disk and what else writes to the store");

    public static Diagnostic StoreInUse(string path) =>
        s_storeInUse.At(new(path), "a build is using this store, so nothing was collected",
            hint: "run 'strata cache gc' again when the build has finished");

    public static Diagnostic HistoryUnusable(string path, string reason) =>
        s_historyUnusable.At(new(path), $"the build history cannot be used: {reason}",
            hint: $"nothing but 'strata why' and time estimates depends on it; remove it with 'rm {path}*' to start a new one");

    public static Diagnostic RemoteUnusable(string remote, string reason) =>
        s_remoteUnusable.At(new(remote), $"{reason}; this build goes on without it",
            hint: "check the address in STRATA_REMOTES, the network and the credentials (~/.netrc, ~/.docker/config.json, STRATA_REMOTE_AUTH)");

    public static Diagnostic RemoteTakesNothing(string remote, string reason) =>
        s_remoteTakesNothing.At(new(remote), $"{reason}; nothing more is sent there in this build",
            hint: "see what the server says about it; 'strata cache push' sends later what is missing there");

    public static Diagnostic RemoteLies(string remote, string reason) =>
        s_remoteLies.At(new(remote), $"it {reason}; nothing of that was used",
            hint: "if the server is yours, check its disk and who may write to it, and remove what is damaged");

    public static Diagnostic RecordNotTrusted(string remote, string name) =>
        s_recordNotTrusted.At(new(remote), $"the record of {name}, perhaps others, has no signature by a key of STRATA_REMOTE_TRUSTED_KEYS and was ignored",
            hint: "add the public key of who writes there, or ';unsigned' behind the address if everybody who can write there is to be trusted");

    public static Diagnostic NotStored(string remote, string reason) =>
        s_notStored.At(new(remote), $"what it has could not be brought here: {reason}; it is built instead",
            hint: "see that the disk of SSTATE_DIR is neither full nor read-only");

    public static Diagnostic NoZstd(string file) =>
        s_noZstd.At(new(file), "the program zstd, which archives of remotes are made with, is not installed", hint: "sudo apt-get install zstd");
}
