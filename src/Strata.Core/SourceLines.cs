namespace Strata.Core;

/// <summary>Lines of the file that was asked for last: messages come sorted by file. Not for several threads.</summary>
public sealed class SourceLines
{
    /// <summary>In bytes. Of larger files only the lines up to the wanted one are read, each time.</summary>
    private const long Largest = 4 << 20;

    private (string File, string[] Lines) _latest = ("", []);

    /// <summary>Null if there is no such line, or the file cannot be read.</summary>
    /// <param name="number">Counted from 1.</param>
    internal string? Find(string file, int number)
    {
        try
        {
            if (_latest.File == file || TryRead(file)) return _latest.Lines.ElementAtOrDefault(number - 1);
            return File.ReadLines(file).ElementAtOrDefault(number - 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private bool TryRead(string file)
    {
        if (new FileInfo(file) is { Exists: true, Length: > Largest }) return false;
        _latest = (file, File.ReadAllLines(file));
        return true;
    }
}
