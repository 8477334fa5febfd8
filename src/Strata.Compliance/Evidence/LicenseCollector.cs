using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>Verifies that the licence texts are those that were reviewed, and collects them.</summary>
public sealed class LicenseCollector
{
    private const long MaxTextSize = 16 << 20;
    private static readonly string[] s_usualNames = ["COPYING", "COPYRIGHT", "LICENCE", "LICENSE", "NOTICE"];

    private readonly LicenseCollectRequest _request;
    private readonly Diagnostics _diagnostics;
    private readonly ReviewedTexts _reviewed;

    private LicenseCollector(LicenseCollectRequest request, Diagnostics diagnostics) => (_request, _diagnostics, _reviewed) = (request, diagnostics, new(request.ReviewedTexts));

    /// <summary>Writes the artifact; null when a text is missing or changed, which the diagnostics then say.</summary>
    public static RecipeLicenses? Collect(LicenseCollectRequest request, Diagnostics diagnostics)
    {
        // The caller's collection can hold errors of other tasks; only those of this one decide.
        var own = new Diagnostics();
        var licenses = new LicenseCollector(request, own).Run();
        foreach (var diagnostic in own.Sorted()) diagnostics.Add(diagnostic);
        return own.HasErrors ? null : licenses;
    }

    private RecipeLicenses Run()
    {
        var expression = LicenseExpression.Parse(_request.License, _request.Place, _diagnostics);
        if (expression is not null) CheckPackages(expression);
        var entries = ReadEntries();
        var texts = entries.Select(e => (Entry: e, Bytes: ReadVerified(e))).Where(t => t.Bytes is not null).ToList();
        var modules = ModuleScanner.Scan(_request.SourceDirectory, _request.GoModules, _request.Crates);
        // What is linked in must be named with its own texts, too.
        texts.AddRange(modules.SelectMany(m => m.Texts.Select(t => (ModuleEntry(m.Module, t), (byte[]?)File.ReadAllBytes(t)))));
        Directory.CreateDirectory(Path.Combine(_request.OutputDirectory, RecipeLicenses.TextsDirectory));
        var licenses = new RecipeLicenses
        {
            Recipe = _request.Recipe,
            Version = _request.Version,
            Summary = _request.Summary,
            Homepage = _request.Homepage,
            Cpes = _request.Cpes,
            Sources = _request.Sources,
            License = _request.License,
            Expression = expression?.Normalize().ToString(),
            Texts = [.. texts.Zip(FileNames(texts.Select(t => t.Entry)), (t, name) => WriteText(t.Entry, t.Bytes!, name))],
            Detected = _request.Detected,
            Modules = [.. modules.Select(m => m.Module)],
        };
        licenses.Write(_request.OutputDirectory);
        return licenses;
    }

    /// <summary>A package is a part of what the recipe makes, so its terms are a part of the recipe's.</summary>
    private void CheckPackages(LicenseExpression recipe)
    {
        foreach (var (package, text) in _request.PackageLicenses)
            if (LicenseExpression.Parse(text, _request.Place, _diagnostics)?.Licenses.Except(recipe.Licenses).ToImmutableArray() is [_, ..] unlisted)
                _diagnostics.Add(ComplianceRules.UnlistedLicense(_request.Place, package, unlisted.Select(l => l.ToString()), _request.License));
    }

    private ImmutableArray<LicenseFileEntry> ReadEntries()
    {
        var entries = ImmutableArray.CreateBuilder<LicenseFileEntry>();
        foreach (var word in _request.Evidence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal))
        {
            if (LicenseFileEntry.TryParse(word, out var entry)) entries.Add(entry);
            else _diagnostics.Add(ComplianceRules.BadEntry(_request.Place, word));
        }
        if (entries.Count == 0 && _request.EvidenceRequired && _request.License.Trim() != "CLOSED")
            _diagnostics.Add(ComplianceRules.NoEvidence(_request.Place, _request.Recipe, [.. Candidates().Select(SuggestEntry)]));
        return entries.ToImmutable();
    }

    private static LicenseFileEntry ModuleEntry(ModuleLicense module, string text) => new($"{module.Name}@{module.Version}/{Path.GetFileName(text)}", null, null, 0, 0);

    private byte[]? ReadVerified(LicenseFileEntry entry)
    {
        if (Locate(entry.Path) is not { } file)
        {
            _diagnostics.Add(ComplianceRules.TextMissing(_request.Place, entry.Path, [.. Candidates()]));
            return null;
        }
        using (var stream = File.OpenRead(file))
            if (stream.Length > MaxTextSize)
            {
                _diagnostics.Add(ComplianceRules.TextTooLarge(_request.Place, entry.Path, stream.Length, MaxTextSize));
                return null;
            }
        var text = Lines(File.ReadAllBytes(file), entry);
        var sha256 = Digest.Of(text).Hex;
        if (entry.Sha256 is null && entry.Md5 is null)
            _diagnostics.Add(ComplianceRules.NoDigest(_request.Place, entry.Path, (entry with { Sha256 = sha256 }).ToString()));
        // One message is enough for a text that both digests are against.
        _ = Check(entry, "sha256", entry.Sha256, sha256, text) && Check(entry, "md5", entry.Md5, Md5(text), text);
        return text;
    }

    /// <summary>Compares a text with the digest that the recipe gives; false, after reporting what changed, when it is another one.</summary>
    private bool Check(LicenseFileEntry entry, string algorithm, string? expected, string actual, byte[] text)
    {
        if (expected is null) return true;
        if (expected == actual)
        {
            _reviewed.Keep(algorithm, expected, text);
            return true;
        }
        var difference = _reviewed.Find(algorithm, expected) is { } reviewed ? TextDifference.Of(reviewed, text) : null;
        _diagnostics.Add(ComplianceRules.TextChanged(_request.Place, entry.Path, $"{algorithm} {expected}", actual, difference, Corrected(entry, Digest.Of(text).Hex, Md5(text))));
        return false;
    }

    private static string Corrected(LicenseFileEntry entry, string sha256, string md5) =>
        (entry with { Sha256 = entry.Sha256 is null ? null : sha256, Md5 = entry.Md5 is null ? null : md5 }).ToString();

    /// <summary>The lines that the entry selects, with their ends, as BitBake digests them.</summary>
    private static byte[] Lines(byte[] text, LicenseFileEntry entry)
    {
        if (entry.IsWholeFile) return text;
        var (line, at, start) = (1, 0, -1);
        while (at < text.Length && (entry.EndLine == 0 || line <= entry.EndLine))
        {
            if (line >= entry.BeginLine && start < 0) start = at;
            var length = text.AsSpan(at).IndexOf((byte)'\n');
            at = length < 0 ? text.Length : at + length + 1;
            line++;
        }
        return start < 0 ? [] : text[start..at];
    }

    /// <summary>The file on the host; null when there is none, or when it lies outside of the directories that may be read.</summary>
    private string? Locate(string path)
    {
        foreach (var (from, to) in _request.Directories.Append(new(_request.SourceDirectory, _request.SourceDirectory)).Reverse())
        {
            var isBelow = path.StartsWith(from.TrimEnd('/') + "/", StringComparison.Ordinal);
            if (Path.IsPathRooted(path) ? !isBelow : to != _request.SourceDirectory) continue;
            var candidate = Path.GetFullPath(isBelow ? path[(from.TrimEnd('/').Length + 1)..] : path, to);
            if (IsReadable(candidate, to)) return candidate;
        }
        return null;
    }

    /// <summary>A link in a source could otherwise put any file of the host into the licence texts.</summary>
    private static bool IsReadable(string path, string directory)
    {
        var file = new FileInfo(path);
        if (!file.Exists || !path.StartsWith(Path.GetFullPath(directory).TrimEnd('/') + "/", StringComparison.Ordinal)) return false;
        var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return target.Exists && target.FullName.StartsWith(Path.GetFullPath(directory).TrimEnd('/') + "/", StringComparison.Ordinal);
    }

    private IEnumerable<string> Candidates() =>
        !Directory.Exists(_request.SourceDirectory) ? [] : Directory.EnumerateFiles(_request.SourceDirectory).Select(p => Path.GetFileName(p))
            .Where(n => s_usualNames.Any(u => n.StartsWith(u, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal);

    private string SuggestEntry(string name) =>
        new LicenseFileEntry(name, Digest.OfFile(Path.Combine(_request.SourceDirectory, name)).Hex, null, 0, 0).ToString();

    private LicenseText WriteText(LicenseFileEntry entry, byte[] bytes, string name)
    {
        File.WriteAllBytes(Path.Combine(_request.OutputDirectory, RecipeLicenses.TextsDirectory, name), bytes);
        return new(entry.Path, name, Digest.Of(bytes).Hex, entry.BeginLine, entry.EndLine);
    }

    /// <summary>The files' own names; several of one name get <c>.0</c>, <c>.1</c> … as in Yocto.</summary>
    private static IEnumerable<string> FileNames(IEnumerable<LicenseFileEntry> entries)
    {
        var names = entries.Select(e => Path.GetFileName(e.Path)).ToList();
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var number = used.GetValueOrDefault(name);
            used[name] = number + 1;
            yield return names.Count(n => n == name) == 1 ? name : $"{name}.{number}";
        }
    }

    [SuppressMessage("Security", "CA5351", Justification = "BitBake's form of LIC_FILES_CHKSUM; it detects changed texts and protects nothing")]
    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
}
