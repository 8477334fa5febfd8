namespace Strata.Metadata.Syntax;

/// <summary>Physical lines: LF, CR LF or CR ends one, and what is blank at its end is not part of it.</summary>
internal ref struct LineReader(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;
    private ReadOnlySpan<char> _before;
    private readonly int _length = text.Length;

    /// <summary>Of the line that <see cref="TryRead"/> gave last, counted from 1.</summary>
    public int Number { get; private set; }

    /// <summary>How many characters were read.</summary>
    public readonly int Position => _length - _rest.Length;

    public bool TryRead(out ReadOnlySpan<char> line)
    {
        if (_rest.IsEmpty)
        {
            line = default;
            return false;
        }
        _before = _rest;
        var end = _rest.IndexOfAny('\n', '\r');
        var length = end < 0 ? _rest.Length : end;
        var next = end < 0 ? length : _rest[end..] is ['\r', '\n', ..] ? end + 2 : end + 1;
        line = TrimEnd(_rest[..length]);
        _rest = _rest[next..];
        Number++;
        return true;
    }

    /// <summary>Makes the line that was read last the next one again; once.</summary>
    public void Unread()
    {
        _rest = _before;
        Number--;
    }

    /// <summary>Python's idea of blank: four control characters more than .NET's.</summary>
    private static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> line)
    {
        var length = line.Length;
        while (length > 0 && (char.IsWhiteSpace(line[length - 1]) || line[length - 1] is >= '\x1c' and <= '\x1f')) length--;
        return line[..length];
    }
}
