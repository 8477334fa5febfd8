namespace Strata.Execution;

/// <summary>The log of a built-in task: made by its first line, and handed over to sandboxed commands in between.</summary>
internal sealed class TaskLog(string file) : IDisposable
{
    private const int LinesShown = 20;
    private const int BytesShown = 16 * 1024;

    private readonly Lock _gate = new();
    private StreamWriter? _writer;

    public void Write(string line)
    {
        lock (_gate)
        {
            _writer ??= Open();
            _writer.Write(line);
            _writer.Write('\n');
        }
    }

    /// <summary>Lets somebody else append to the file; the next line goes after what they wrote.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _writer?.Dispose();
            _writer = null;
        }
    }

    public void Dispose() => Release();

    private StreamWriter Open()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        return new(file, append: true) { AutoFlush = true };
    }

    /// <summary>The last lines of a log, empty when there is none.</summary>
    public static string Tail(string file)
    {
        if (!File.Exists(file)) return "";
        using var log = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (log.Length > BytesShown) log.Position = log.Length - BytesShown;
        var lines = new StreamReader(log).ReadToEnd().TrimEnd('\n').Split('\n');
        return string.Join('\n', lines.TakeLast(LinesShown));
    }
}
