using System.Collections.Immutable;
using System.Text;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>What IMAGE_FEATURES and the wishes for time zone, locale and first boot come to in a tree whose packages are in place.</summary>
internal sealed class ImageFeatures(RootfsTree tree, PackageSelection selection, RootfsRequest request, Diagnostics diagnostics)
{
    public const string ReadOnly = "read-only-rootfs", Management = "package-management";

    /// <summary>All that are understood; the Yocto names.</summary>
    public static ImmutableSortedSet<string> Known { get; } =
        ImmutableSortedSet.Create(StringComparer.Ordinal, "debug-tweaks", "empty-root-password", Management, ReadOnly);

    private const string MachineId = "/etc/machine-id", Shadow = "/etc/shadow", Fstab = "/etc/fstab", Zones = "/usr/share/zoneinfo";
    private const int SecretMode = 0x100, ScriptMode = 0x1ED;

    private bool IsReadOnly => request.Features.Contains(ReadOnly, StringComparer.Ordinal);

    public void Apply()
    {
        foreach (var unknown in request.Features.Except(Known, StringComparer.Ordinal))
            diagnostics.Add(PackagingRules.UnknownFeature(request.Place, unknown, Known));
        if (request.Features.Intersect(["debug-tweaks", "empty-root-password"], StringComparer.Ordinal).Any()) OpenRoot();
        if (IsReadOnly) MountReadOnly();
        SetTimeZone();
        if (request.Locale.Length > 0) Write("/etc/locale.conf", $"LANG={request.Locale}\n");
        PrepareFirstBoot();
        LeaveScripts();
    }

    /// <summary>Root may log in without a password.</summary>
    private void OpenRoot() => Rewrite(Shadow, SecretMode, fields => fields is ["root", _, .. var rest] ? ["root", "", .. rest] : fields, ':');

    private void MountReadOnly() => Rewrite(Fstab, 0x1A4, fields => fields is [var device, "/", var type, var options, .. var rest] && !device.StartsWith('#')
        ? [device, "/", type, string.Join(',', options.Split(',').Where(o => o is not ("rw" or "defaults")).Prepend("ro").Distinct()), .. rest]
        : fields, null);

    private void SetTimeZone()
    {
        if (request.TimeZone is not { Length: > 0 } zone) return;
        var file = $"{Zones}/{zone}";
        // UTC is what a system without any zone has.
        if (!tree.TryResolve(file, out _) && zone is not ("UTC" or "Etc/UTC"))
        {
            diagnostics.Add(PackagingRules.TimeZoneMissing(request.Place, zone, file));
            return;
        }
        Edit(new RootfsEdit.MakeLink("/etc/localtime", $"..{file}"));
        Write("/etc/timezone", zone + "\n");
    }

    /// <summary>What each device must have for itself is made when it first runs, and must not come with the image.</summary>
    private void PrepareFirstBoot()
    {
        var hasSystemd = tree.TryResolve("/lib/systemd/systemd", out _) || tree.TryResolve("/usr/lib/systemd/systemd", out _);
        // machine-id(5): an empty file can be mounted over where it cannot be written; the word makes the first boot one.
        if (hasSystemd || tree.TryResolve(MachineId, out _)) Write(MachineId, IsReadOnly ? "" : "uninitialized\n");
        foreach (var seed in (string[])["/var/lib/systemd/random-seed", "/var/lib/dbus/machine-id"])
            if (tree.Find(seed) is { File.Kind: FileKind.File }) Edit(new RootfsEdit.Remove(seed));
        foreach (var entry in tree.Entries.Where(e => IsHostKey(e.Path)))
            diagnostics.Add(PackagingRules.SharedHostKey(request.Place, entry.Path, entry.Package));
    }

    private static bool IsHostKey(string path) =>
        (path.StartsWith("/etc/ssh/ssh_host_", StringComparison.Ordinal) && path.EndsWith("_key", StringComparison.Ordinal))
        || (path.StartsWith("/etc/dropbear/dropbear_", StringComparison.Ordinal) && path.EndsWith("_host_key", StringComparison.Ordinal));

    /// <summary>
    /// Scripts that did not run while the image was made run once when the target starts: by the package manager, which has them, or else in the order of installation. Accounts
    /// and alternatives are in the image already.
    /// </summary>
    private void LeaveScripts()
    {
        var pending = selection.Packages.Where(p => selection.FirstBootScriptOf(p).Length > 0).ToImmutableArray();
        if (pending.IsEmpty) return;
        if (IsReadOnly)
        {
            foreach (var package in pending) diagnostics.Add(PackagingRules.ScriptOnReadOnly(request.Place, package.Name));
            return;
        }
        var scripts = request.Features.Contains(Management, StringComparer.Ordinal)
            ? [("configure", $"#!/bin/sh\nexec {request.Database.Configure}\n")]
            : pending.Select(p => (p.Name, selection.FirstBootScriptOf(p))).ToImmutableArray();
        for (var i = 0; i < scripts.Length; i++) Write($"{FirstBootScript.Directory}/{i + 100}-{scripts[i].Item1}", scripts[i].Item2, ScriptMode);
        Write(FirstBootScript.Runner, FirstBootScript.RunnerText, ScriptMode);
        Write("/etc/systemd/system/run-postinsts.service", FirstBootScript.UnitText);
        Edit(new RootfsEdit.MakeLink("/etc/systemd/system/sysinit.target.wants/run-postinsts.service", "../run-postinsts.service"));
        Edit(new RootfsEdit.MakeLink("/etc/rcS.d/S99run-postinsts", $"../..{FirstBootScript.Runner}"));
    }

    /// <summary>Changes fields of a file's lines, keeping everything else as it is; does nothing where there is no such file.</summary>
    /// <param name="separator">Null means blanks, which become one blank in the lines that change.</param>
    private void Rewrite(string path, int mode, Func<string[], string[]> change, char? separator)
    {
        if (!tree.TryResolve(path, out var entry)) return;
        var text = entry.Bytes is { } bytes ? Encoding.UTF8.GetString(bytes) : File.ReadAllText(entry.ContentPath!);
        Write(path, string.Join('\n', text.Split('\n').Select(Line)), mode);

        string Line(string line)
        {
            var fields = separator is { } c ? line.Split(c) : line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var changed = change(fields);
            return ReferenceEquals(fields, changed) ? line : string.Join(separator ?? ' ', changed);
        }
    }

    private void Write(string path, string text, int mode = 0x1A4) => Edit(new RootfsEdit.WriteFile(path, text, mode));

    private void Edit(RootfsEdit edit) => RootfsEditor.Apply(tree, edit, request.Place, diagnostics);
}
