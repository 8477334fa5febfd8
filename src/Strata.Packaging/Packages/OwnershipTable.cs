using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>
/// Declared owners, modes and capabilities. Each line is <c>path-glob user:group mode [capabilities]</c>, the mode octal or <c>-</c> to
/// keep the tree's, the capabilities as setcap(8) takes them (<c>cap_net_raw+ep</c>); they are given to regular files only. <c>*</c> stays within one directory, <c>**</c> crosses directories, <c>#</c> starts a comment. The last line that matches a path counts.
/// </summary>
public sealed class OwnershipTable
{
    private readonly ImmutableArray<Line> _lines;

    private OwnershipTable(ImmutableArray<Line> lines) => _lines = lines;

    public static OwnershipTable Empty { get; } = new([]);

    public static OwnershipTable Parse(string text, SourceSpan place, Diagnostics diagnostics)
    {
        var lines = ImmutableArray.CreateBuilder<Line>();
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var words = raw.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            if (ParseLine(words) is { } line) lines.Add(line);
            else diagnostics.Add(PackagingRules.BadOwnershipLine(place, number, raw.Trim()));
        }
        return new(lines.ToImmutable());
    }

    /// <summary>Applies the last matching line; a link's mode stays as it is.</summary>
    public PackagedFile Apply(PackagedFile file)
    {
        for (var i = _lines.Length - 1; i >= 0; i--)
        {
            var line = _lines[i];
            if (!line.Path.IsMatch(file.Path)) continue;
            var mode = file.Kind == FileKind.SymbolicLink ? file.Mode : line.Mode ?? file.Mode;
            var owned = file with { User = line.User, Group = line.Group, Mode = mode };
            return line.Capabilities is { } capabilities && file.Kind == FileKind.File ? owned.WithCapabilities(capabilities) : owned;
        }
        return file;
    }

    /// <summary>Somebody has written down which mode the path shall have.</summary>
    public bool Declares(string path) => _lines.Any(l => l.Mode is not null && l.Path.IsMatch(path));

    private static Line? ParseLine(string[] words)
    {
        if (words is not [['/', ..] path, var owner, var modeText, .. var clauses]) return null;
        if (owner.Split(':') is not [{ Length: > 0 } user, { Length: > 0 } group]) return null;
        var capabilities = FileCapabilities.Parse(string.Join(' ', clauses));
        if (clauses.Length > 0 && capabilities is null) return null;
        if (modeText == "-") return new(new(path), user, group, null, capabilities);
        return OctalModeConverter.TryParse(modeText, out var mode) ? new(new(path), user, group, mode, capabilities) : null;
    }

    private sealed record Line(PathPattern Path, string User, string Group, int? Mode, byte[]? Capabilities);
}
