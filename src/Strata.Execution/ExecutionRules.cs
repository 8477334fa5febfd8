using Strata.Core;

namespace Strata.Execution;

/// <summary>Everything Strata can say about running tasks: codes STR5100 to STR5199, one method each.</summary>
public static class ExecutionRules
{
    private static readonly Rule s_taskFailed = new("STR5101", Severity.Error, "Task failed");
    private static readonly Rule s_artifactMissing = new("STR5102", Severity.Error, "Task made no artifact");
    private static readonly Rule s_unknownBuiltin = new("STR5103", Severity.Error, "Unknown built-in task");
    private static readonly Rule s_outsideWorkDirectory = new("STR5104", Severity.Error, "Directory outside of the work directory");
    private static readonly Rule s_notPrepared = new("STR5105", Severity.Error, "Task could not be prepared");
    private static readonly Rule s_crashed = new("STR5106", Severity.Error, "Task ended by a bug in Strata");
    private static readonly Rule s_diskError = new("STR5107", Severity.Error, "Task failed on the disk");
    private static readonly Rule s_badResource = new("STR5108", Severity.Error, "Unknown resource");
    private static readonly Rule s_tookTooLong = new("STR5109", Severity.Error, "Task took too long");
    private static readonly Rule s_logTooLong = new("STR5110", Severity.Error, "Log of a task grew too long");
    private static readonly Rule s_tooMuchMemory = new("STR5111", Severity.Error, "Task took too much memory");
    private static readonly Rule s_tooManyProcesses = new("STR5112", Severity.Error, "Task started too many processes");
    private static readonly Rule s_secretMissing = new("STR5130", Severity.Error, "Secret not found");
    private static readonly Rule s_secretLeaked = new("STR5131", Severity.Error, "Secret in what a task left");

    /// <param name="place">Where the task's function is defined.</param>
    /// <param name="script">The file on this host that holds what was run.</param>
    public static Diagnostic TaskFailed(SourceSpan place, string task, int exitCode, string logFile, string script) =>
        s_taskFailed.At(place, $"{task} failed with {Describe(exitCode)}", $"the whole output is in {logFile}, what was run in {script}");

    public static Diagnostic ArtifactMissing(SourceSpan place, string task, string taskName, string directory) =>
        s_artifactMissing.At(place, $"{task} succeeded without making {directory}, which its flag {taskName}[artifact] promises",
            $"make the directory in {taskName} (an empty one is fine), or correct {taskName}[artifact]");

    public static Diagnostic UnknownBuiltin(SourceSpan place, string task, string taskName, string builtin, IEnumerable<string> known)
    {
        var names = known.ToArray();
        return s_unknownBuiltin.At(place, $"{task} asks for the built-in task '{builtin}', which this version of Strata does not have",
            Suggest.Nearest(builtin, names) is { } near
                ? $"did you mean {taskName}[builtin] = \"{near}\"?"
                : $"there are: {string.Join(", ", names.Order(StringComparer.Ordinal))}");
    }

    /// <param name="flag">Of the task, such as <c>cleandirs</c>.</param>
    public static Diagnostic OutsideWorkDirectory(SourceSpan place, string task, string taskName, string flag, string directory, string workDirectory) =>
        s_outsideWorkDirectory.At(place, $"{task} names '{directory}' in {taskName}[{flag}], but a task may only change its work directory {workDirectory}",
            $"use a directory below ${{WORKDIR}} in {taskName}[{flag}]");

    public static Diagnostic NotPrepared(SourceSpan place, string task, string cause) =>
        s_notPrepared.At(place, $"the command of {task} cannot be made: {cause}", "correct the variable that the message names");

    public static Diagnostic Crashed(SourceSpan place, string task, string cause) =>
        s_crashed.At(place, $"{task} was ended by a bug in Strata: {cause}", "please report it together with the details that were printed");

    public static Diagnostic DiskError(SourceSpan place, string task, string cause) =>
        s_diskError.At(place, $"{task} could not use the disk: {cause}", "see that the disk is neither full nor read-only, and that the files belong to you");

    /// <param name="word">Of the flag <c>resources</c>.</param>
    public static Diagnostic BadResource(SourceSpan place, string task, string taskName, string word) =>
        s_badResource.At(place, $"{task}: '{word}' in {taskName}[resources] is nothing that a task can take", $"write for instance {taskName}[resources] = \"memory:2G lock:emulator time:90m max-memory:4G max-processes:500\"");

    public static Diagnostic TookTooLong(SourceSpan place, string task, string taskName, TimeSpan limit) =>
        s_tookTooLong.At(place, $"{task} was ended because it took longer than {limit.TotalSeconds:0} s", $"see its log for where it hangs, or allow more time in {taskName}[resources]");

    public static Diagnostic TooMuchMemory(SourceSpan place, string task, string taskName, long used, long limit) =>
        s_tooMuchMemory.At(place, $"{task} was ended because its processes had {Megabytes(used)} of memory together, and it is allowed {Megabytes(limit)}",
            $"allow more with max-memory in {taskName}[resources], or build with a smaller -j");

    public static Diagnostic TooManyProcesses(SourceSpan place, string task, string taskName, int count, int limit) =>
        s_tooManyProcesses.At(place, $"{task} was ended because it had {count} processes at once, and it is allowed {limit}", $"allow more with max-processes in {taskName}[resources], or build with a smaller -j");

    public static Diagnostic LogTooLong(SourceSpan place, string task, long limit, string logFile) =>
        s_logTooLong.At(place, $"{task} was ended because its log grew beyond {limit / (1 << 20)} MB", $"see in {logFile} what it repeats");

    public static Diagnostic SecretMissing(SourceSpan place, string task, string secret) =>
        s_secretMissing.At(place, $"{task} needs the secret '{secret}', which is not on this machine", secret switch
        {
            "netrc" => "write ~/.netrc, or let NETRC name such a file",
            "ssh-agent" => "type: eval $(ssh-agent) && ssh-add",
            _ => $"name its file in conf/local.conf: STRATA_SECRETS[{secret}] = \"/path/of/the/file\"",
        });

    /// <param name="where">A file on this host.</param>
    public static Diagnostic SecretLeaked(SourceSpan place, string task, string secret, string where) =>
        s_secretLeaked.At(place, $"{task} wrote the secret '{secret}' into {where}; the value was removed from the log, and no artifact was made",
            "let the task pass the file that it gets on to the program that needs it, and neither print nor copy it");

    private static string Megabytes(long bytes) => $"{bytes / (1 << 20)} MB";

    private static string Describe(int exitCode) => exitCode > 128 ? $"signal {exitCode - 128}" : $"exit code {exitCode}";
}
