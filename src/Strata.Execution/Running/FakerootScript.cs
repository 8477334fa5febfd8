using System.Collections.Immutable;

namespace Strata.Execution;

/// <summary>Runs the script of a task that believes to be root, and keeps what it made of owners, modes, devices and capabilities: see fakeroot.sh.</summary>
internal static class FakerootScript
{
    private static readonly string s_text = Read();

    /// <summary>Where the record about one of the task's directories lies: beside it.</summary>
    public static string OwnersOf(string directory) => directory + ".owners";

    /// <param name="work">What is recorded are the directories that the task empties before it starts.</param>
    /// <param name="script">As a path in the sandbox.</param>
    public static ImmutableArray<string> Program(TaskWork work, string script)
    {
        File.WriteAllText(work.Directory.ScriptFile + ".fakeroot", s_text);
        return ["/bin/sh", "-e", script + ".fakeroot", script, .. work.Command.CleanDirectories];
    }

    private static string Read()
    {
        using var reader = new StreamReader(typeof(FakerootScript).Assembly.GetManifestResourceStream("fakeroot.sh")!);
        return reader.ReadToEnd();
    }
}
