using Strata.Metadata;

namespace Strata.Corpus;

/// <summary>The file that says that a task is done with a certain key: <c>STAMP.task.key[.extra]</c>. A task has one such file.</summary>
internal sealed class TaskStamp(Recipe recipe, string task, Func<TaskStamp, string> key)
{
    private readonly string _base = $"{recipe.Variables.Get("STAMP")}.{task}";

    public string Key => key(this);

    public bool Stands => !IsNeverCurrent && File.Exists(PathOfKey);

    /// <summary>When the task was done with this key; null if it was not.</summary>
    public DateTime? Time => File.Exists(PathOfKey) ? File.GetLastWriteTimeUtc(PathOfKey) : null;

    /// <summary>What was written when the task was last forced; for a task without stamps something new every time.</summary>
    public string TaintText => IsNeverCurrent ? Guid.NewGuid().ToString() : File.Exists(TaintFile) ? File.ReadAllText(TaintFile) : "";

    private string TaintFile => $"{_base}.taint";

    private string PathOfKey => recipe.Variables.GetFlag(task, "stamp-extra-info") is { Length: > 0 } extra ? $"{_base}.{Key}.{extra}" : $"{_base}.{Key}";

    private bool IsNeverCurrent => recipe.Variables.GetFlag(task, "nostamp") is { Length: > 0 };

    public void Taint()
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(_base)!);
        File.WriteAllText(TaintFile, Guid.NewGuid().ToString());
    }

    public void Write()
    {
        var directory = Directory.CreateDirectory(Path.GetDirectoryName(_base)!);
        foreach (var old in directory.EnumerateFiles($"{Path.GetFileName(_base)}.*"))
            if (old.FullName != TaintFile) old.Delete();
        File.WriteAllText(PathOfKey, "");
    }
}
