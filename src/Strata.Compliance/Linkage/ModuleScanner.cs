using System.Collections.Immutable;
using System.Text;
using Strata.Packaging;

namespace Strata.Compliance;

/// <summary>Finds the modules of Go and the crates of Rust among the sources of a recipe, with their licence files. Links are not followed.</summary>
public static class ModuleScanner
{
    private const int MaxDepth = 12, MaxTextSize = 1 << 20;
    private static readonly string[] s_usualNames = ["COPYING", "COPYRIGHT", "LICENCE", "LICENSE", "NOTICE", "UNLICENSE"];
    private static readonly EnumerationOptions s_options = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    /// <param name="source">S, which can have a directory vendor/.</param>
    /// <param name="goModules">GOMODCACHE; may be missing, as may be the next.</param>
    /// <param name="crates">A directory of unpacked crates.</param>
    /// <returns>By kind, name and version, each with its licence files.</returns>
    public static ImmutableArray<(ModuleLicense Module, ImmutableArray<string> Texts)> Scan(string source, string goModules, string crates)
    {
        var vendor = Path.Combine(source, "vendor");
        return
        [
            .. GoCache(goModules).Concat(GoVendor(vendor)).Concat(Crates(crates)).Concat(Crates(vendor))
                .DistinctBy(m => (m.Module.Kind, m.Module.Name, m.Module.Version))
                .OrderBy(m => m.Module.Kind).ThenBy(m => m.Module.Name, StringComparer.Ordinal).ThenBy(m => m.Module.Version, StringComparer.Ordinal),
        ];
    }

    /// <summary>Directories <c>example.org/!name@v1.2.3</c>, in which ! stands before what is a capital.</summary>
    private static IEnumerable<(ModuleLicense Module, ImmutableArray<string> Texts)> GoCache(string root, string name = "", int depth = 0)
    {
        if (depth > MaxDepth || !Directory.Exists(root)) yield break;
        foreach (var directory in Directory.EnumerateDirectories(root, "*", s_options).Order(StringComparer.Ordinal))
        {
            var path = name + Path.GetFileName(directory);
            if (path == "cache") continue;
            if (path.LastIndexOf('@') is > 0 and var at) yield return Module(LinkKind.Go, Unescaped(path[..at]), Unescaped(path[(at + 1)..]), directory, "");
            else
                foreach (var module in GoCache(directory, path + "/", depth + 1)) yield return module;
        }
    }

    private static string Unescaped(string path) => string.Concat(path.Select((c, i) => c == '!' ? "" : i > 0 && path[i - 1] == '!' ? $"{char.ToUpperInvariant(c)}" : $"{c}"));

    /// <summary>Lines <c># PATH VERSION</c> of modules.txt, each a directory below.</summary>
    private static IEnumerable<(ModuleLicense Module, ImmutableArray<string> Texts)> GoVendor(string vendor)
    {
        var list = new FileInfo(Path.Combine(vendor, "modules.txt"));
        if (list is not { Exists: true, LinkTarget: null, Length: > 0 and <= MaxTextSize }) yield break;
        foreach (var line in File.ReadLines(list.FullName))
            if (line.Split(' ') is ["#", var path, var version, ..] && Inside(vendor, path) is { } directory) yield return Module(LinkKind.Go, path, version, directory, "");
    }

    private static string? Inside(string root, string relative) =>
        Path.GetFullPath(relative, root) is var path && path.StartsWith(root + "/", StringComparison.Ordinal) && Directory.Exists(path) ? path : null;

    private static IEnumerable<(ModuleLicense Module, ImmutableArray<string> Texts)> Crates(string root)
    {
        if (!Directory.Exists(root)) yield break;
        foreach (var directory in Directory.EnumerateDirectories(root, "*", s_options).Order(StringComparer.Ordinal))
        {
            var manifest = new FileInfo(Path.Combine(directory, "Cargo.toml"));
            if (manifest is not { Exists: true, LinkTarget: null, Length: > 0 and <= MaxTextSize }) continue;
            var values = PackageSection(manifest.FullName);
            // Old manifests write A/B where they mean that one may choose.
            if (values.TryGetValue("name", out var name))
                yield return Module(LinkKind.Rust, name, values.GetValueOrDefault("version", ""), directory, values.GetValueOrDefault("license", "").Replace("/", " OR ", StringComparison.Ordinal));
        }
    }

    private static Dictionary<string, string> PackageSection(string manifest)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var isPackage = false;
        foreach (var line in File.ReadLines(manifest))
            if (line.StartsWith('[')) isPackage = line.Trim() == "[package]";
            else if (isPackage && line.Split('=', 2, StringSplitOptions.TrimEntries) is [var key, ['"', .., '"'] quoted]) values.TryAdd(key, quoted[1..^1]);
        return values;
    }

    private static (ModuleLicense Module, ImmutableArray<string> Texts) Module(LinkKind kind, string name, string version, string directory, string declared)
    {
        ImmutableArray<string> texts = [.. Directory.EnumerateFiles(directory, "*", s_options)
            .Where(f => s_usualNames.Any(n => Path.GetFileName(f).StartsWith(n, StringComparison.OrdinalIgnoreCase)) && new FileInfo(f).Length is > 0 and <= MaxTextSize).Order(StringComparer.Ordinal)];
        var detected = declared.Length > 0 ? declared : string.Join(" AND ", texts.Select(t => LicenseTextDetector.Identify(File.ReadAllText(t, Encoding.Latin1))).OfType<string>().Distinct(StringComparer.Ordinal));
        return (new(kind, name, version, detected), texts);
    }
}
