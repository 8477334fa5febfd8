using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Strata.Packaging;

/// <summary>A link that several packages can offer; the highest priority gets it.</summary>
/// <param name="Link">The path that users know: <c>/bin/sh</c>.</param>
/// <param name="Target">What this package offers for it: <c>/bin/busybox</c>.</param>
public sealed record Alternative(string Name, string Link, string Target, int Priority)
{
    /// <summary><c>name:link:target:priority</c>; an empty target means the link itself, which is then renamed when packaged.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Alternative? alternative)
    {
        alternative = null;
        if (text.Split(':') is not [{ Length: > 0 } name, ['/', ..] link, var target, var number]) return false;
        if (!int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority)) return false;
        if (target.Length == 0) target = link;
        alternative = new(name, link, target[0] == '/' ? target : $"{Path.GetDirectoryName(link)!.TrimEnd('/')}/{target}", priority);
        return true;
    }
}
