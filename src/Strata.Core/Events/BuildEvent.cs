namespace Strata.Core;

/// <summary>Something that happened. Every stage reports through these records; console, JSON lines and history are its readers.</summary>
public abstract record BuildEvent;

public sealed record DiagnosticReported(Diagnostic Diagnostic) : BuildEvent;

/// <summary>A line for the user that is no finding about a file, such as “metadata loaded: 24 recipes”.</summary>
public sealed record Announced(string Text) : BuildEvent;

/// <param name="Total">Tasks that this build may have to run or restore.</param>
public sealed record BuildStarted(int Total) : BuildEvent;

public sealed record TaskStarted(string Task) : BuildEvent;

/// <summary>Progress inside a long task, such as a download. The total is 0 where it is unknown.</summary>
public sealed record TaskProgressed(string Task, string What, long Done, long Total) : BuildEvent;

/// <param name="LogFile">Path of the task's log, or null when it wrote none.</param>
/// <param name="LastLines">The end of the log of a failed task.</param>
public sealed record TaskFinished(string Task, TaskOutcome Outcome, TimeSpan Duration, string? LogFile, string LastLines) : BuildEvent;

public enum TaskOutcome
{
    /// <summary>It ran and succeeded.</summary>
    Ran,

    /// <summary>Its artifact was taken from the store.</summary>
    Restored,

    /// <summary>Its work directory already held the result.</summary>
    UpToDate,

    Failed,

    /// <summary>Not run because something it depends on failed.</summary>
    Skipped,

    Cancelled,
}

/// <summary>A bug in Strata, with its stack trace; the build goes on as if the task had failed.</summary>
public sealed record InternalError(string Details) : BuildEvent;

public sealed record BuildFinished(BuildSummary Summary) : BuildEvent;

public sealed record BuildSummary(int Ran, int Restored, int UpToDate, int Failed, int Skipped, TimeSpan Duration);
