using System.Globalization;
using System.Text;

namespace Strata.Packaging;

/// <summary>Writes an ar archive, the outer form of deb and ipk packages, into a stream that can seek.</summary>
internal sealed class ArWriter
{
    /// <summary>How every archive begins.</summary>
    public const string Magic = "!<arch>\n";

    private const int SizeAt = 48, SizeLength = 10;

    private readonly Stream _target;
    private readonly long _time;

    /// <param name="time">Seconds since 1970, of every member.</param>
    public ArWriter(Stream target, long time)
    {
        (_target, _time) = (target, time);
        _target.Write(Encoding.ASCII.GetBytes(Magic));
    }

    /// <summary>The size is filled in afterwards: what compresses does not know it before.</summary>
    public void Add(string name, Action<Stream> write)
    {
        var header = _target.Position;
        _target.Write(Encoding.ASCII.GetBytes($"{name,-16}{_time.ToString(CultureInfo.InvariantCulture),-12}{0,-6}{0,-6}{"100644",-8}{0,-10}`\n"));
        var start = _target.Position;
        write(_target);
        var end = _target.Position;
        _target.Position = header + SizeAt;
        _target.Write(Encoding.ASCII.GetBytes((end - start).ToString(CultureInfo.InvariantCulture).PadRight(SizeLength)));
        _target.Position = end;
        if ((end - start) % 2 == 1) _target.WriteByte((byte)'\n');
    }
}
