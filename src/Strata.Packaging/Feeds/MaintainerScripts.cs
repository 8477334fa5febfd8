using System.Collections.Immutable;
using System.Text;

namespace Strata.Packaging;

/// <summary>The scripts that a package manager runs: those of the recipe, and what its accounts and alternatives come to.</summary>
internal static class MaintainerScripts
{
    /// <summary>By the names that dpkg and opkg know, ordinal; only those that have something to do.</summary>
    public static ImmutableSortedDictionary<string, string> Of(PackageManifest package) => new[]
    {
        ("preinst", Script(Accounts(package), Own(package, "preinst"))),
        ("postinst", Script([.. Links(package, "install"), .. Capabilities(package)], Own(package, "postinst"), Own(package, "postinst_ontarget"))),
        ("prerm", Script([.. Links(package, "remove")], Own(package, "prerm"))),
        ("postrm", Script([], Own(package, "postrm"))),
    }.Where(s => s.Item2.Length > 0).ToImmutableSortedDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal);

    /// <summary>What the recipe itself wants to run after installation, on the build machine if it can, with the root file system in <c>$D</c>; empty when nothing.</summary>
    public static string AtBuild(PackageManifest package) => Script([], Own(package, "postinst"));

    /// <summary>What is left of it for the target; empty when nothing.</summary>
    /// <param name="hasRun">The part for the build machine has succeeded there.</param>
    public static string OnTarget(PackageManifest package, bool hasRun) => Script([], hasRun ? "" : Own(package, "postinst"), Own(package, "postinst_ontarget"));

    private static string Own(PackageManifest package, string name) => package.Scripts.GetValueOrDefault(name, "");

    /// <summary>The interpreter's line of the first own part counts; what is generated is plain shell and goes below it.</summary>
    private static string Script(ImmutableArray<string> generated, params ReadOnlySpan<string> own)
    {
        var (interpreter, body) = ("#!/bin/sh", new StringBuilder());
        foreach (var part in own)
        {
            if (string.IsNullOrWhiteSpace(part)) continue;
            var text = part.Trim('\n');
            if (text.StartsWith("#!", StringComparison.Ordinal))
            {
                var end = text.IndexOf('\n', StringComparison.Ordinal);
                (interpreter, text) = end < 0 ? (text, "") : (text[..end], text[(end + 1)..]);
            }
            body.Append(text).Append('\n');
        }
        if (generated.IsEmpty && body.Length == 0) return "";
        return $"{interpreter}\nset -e\n{string.Concat(generated.Select(g => g + "\n"))}{body}";
    }

    private static IEnumerable<string> Links(PackageManifest package, string action) => package.Alternatives.Select(a => action == "install"
        ? $"update-alternatives --install {Quote(a.Link)} {Quote(a.Name)} {Quote(a.Target)} {a.Priority}"
        : $"update-alternatives --remove {Quote(a.Name)} {Quote(a.Target)}");

    /// <summary>Neither format has a place for them; images do not depend on this, they have them in their archive.</summary>
    private static IEnumerable<string> Capabilities(PackageManifest package) =>
        from file in package.Files
        where file.Kind == FileKind.File
        let text = file.Capabilities
        where text is not null
        select $"if command -v setcap >/dev/null; then setcap {Quote(text)} \"$DPKG_ROOT\"{Quote(file.Path)}; else echo {Quote($"{file.Path} needs {text}, and there is no setcap")} >&2; fi";

    private static ImmutableArray<string> Accounts(PackageManifest package) => [.. package.Groups.Select(Group), .. package.Users.Select(User)];

    /// <summary>With the tools of shadow or, where there are none, of busybox.</summary>
    private static string Group(GroupAccount group) => IfAbsent("group", group.Name,
        $"groupadd --system{(group.Gid is { } gid ? $" --gid {gid}" : "")} {Quote(group.Name)}",
        $"addgroup -S{(group.Gid is { } id ? $" -g {id}" : "")} {Quote(group.Name)}");

    private static string User(UserAccount user)
    {
        var number = user.Uid is { } uid ? $" {{0}} {uid}" : "";
        var group = user.Group.Length > 0 ? user.Group : user.Name;
        var own = user.Group.Length == 0 ? " --user-group" : $" --gid {Quote(group)}";
        var joined = user.Groups.IsEmpty ? "" : $" --groups {Quote(string.Join(',', user.Groups))}";
        var make = user.Group.Length == 0 ? $"addgroup -S {Quote(group)} && " : "";
        return IfAbsent("passwd", user.Name,
            $"useradd --system{number.Replace("{0}", "--uid", StringComparison.Ordinal)}{own}{joined} --comment {Quote(user.Comment)} --home-dir {Quote(user.Home)} --no-create-home --shell {Quote(user.Shell)} {Quote(user.Name)}",
            $"{make}adduser -S -D -H{number.Replace("{0}", "-u", StringComparison.Ordinal)} -G {Quote(group)} -g {Quote(user.Comment)} -h {Quote(user.Home)} -s {Quote(user.Shell)} {Quote(user.Name)}"
            + string.Concat(user.Groups.Select(g => $" && addgroup {Quote(user.Name)} {Quote(g)}")));
    }

    private static string IfAbsent(string file, string name, string shadow, string busybox) =>
        $"grep -q {Quote($"^{name}:")} /etc/{file} || if command -v {shadow.Split(' ')[0]} >/dev/null; then {shadow}; else {busybox}; fi";

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
