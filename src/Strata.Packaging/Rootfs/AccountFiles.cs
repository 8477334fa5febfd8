using System.Collections.Immutable;
using System.Text;
using Strata.Core;

namespace Strata.Packaging;

/// <summary>Reads the accounts of a tree, adds those of its packages and of the request, and writes the files back.</summary>
internal static class AccountFiles
{
    private const string Passwd = "/etc/passwd", Group = "/etc/group", Shadow = "/etc/shadow";
    private const long MaxSize = 1 << 20;
    private const int PublicMode = 0x1A4, SecretMode = 0x100;

    public static Accounts Complete(RootfsTree tree, PackageSelection selection, RootfsRequest request, Diagnostics diagnostics)
    {
        var accounts = new Accounts(Read(tree, Passwd), Read(tree, Group), Read(tree, Shadow));
        // By name: the numbers given must not depend on the order of installation.
        var manifests = selection.Packages.Select(p => p.Manifest).OrderBy(m => m.Name, StringComparer.Ordinal).ToImmutableArray();
        foreach (var group in manifests.SelectMany(m => m.Groups).Concat(request.Groups))
            if (accounts.Add(group) is { } other) diagnostics.Add(PackagingRules.AccountHasOtherNumber(request.Place, "group", group.Name, group.Gid!.Value, other));
        foreach (var user in manifests.SelectMany(m => m.Users).Concat(request.Users).OrderByDescending(u => u.Uid.HasValue))
            if (accounts.Add(user) is { } other) diagnostics.Add(PackagingRules.AccountHasOtherNumber(request.Place, "user", user.Name, user.Uid!.Value, other));

        if (!accounts.IsChanged) return accounts;
        Write(tree, Passwd, accounts.Passwd, PublicMode);
        Write(tree, Group, accounts.Group, PublicMode);
        if (accounts.HasShadow) Write(tree, Shadow, accounts.Shadow, SecretMode);
        return accounts;
    }

    private static string? Read(RootfsTree tree, string path) =>
        tree.TryResolve(path, out var entry) && entry is { ContentPath: { } file, File.Size: <= MaxSize } ? File.ReadAllText(file) : null;

    private static void Write(RootfsTree tree, string path, string text, int mode)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var file = tree.TryResolve(path, out var present) ? present.File : new() { Path = path, Kind = FileKind.File, Mode = mode };
        tree.Set(new(file.WithContent(bytes), null, Bytes: bytes));
    }
}
