using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Strata.Core;

namespace Strata.Compliance;

/// <summary><c>findings.json</c>: what the source files themselves say about their licences. Detected, neither declared nor concluded.</summary>
public sealed record SourceFindings
{
    public const string FileName = "findings.json";

    public static SourceFindings None { get; } = new();

    /// <summary>Expressions after <c>SPDX-License-Identifier:</c>, with the number of files that carry each; ordinal.</summary>
    public ImmutableSortedDictionary<string, int> Licenses { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Copyright notices, each once, ordinal.</summary>
    public ImmutableArray<string> Copyrights { get; init; } = [];

    /// <summary>For people: <c>MIT (12 files), ISC (1 file)</c>.</summary>
    [JsonIgnore]
    public string LicenseText => string.Join(", ", Licenses.Select(l => l.Value == 1 ? $"{l.Key} (1 file)" : string.Create(CultureInfo.InvariantCulture, $"{l.Key} ({l.Value} files)")));

    public void Write(string directory) =>
        AtomicFile.Write(Path.Combine(directory, FileName), stream => JsonSerializer.Serialize(stream, this, ComplianceJson.Default.SourceFindings));

    /// <summary>The findings in a directory; none if nothing was scanned.</summary>
    /// <exception cref="JsonException">The file is not a list of findings.</exception>
    public static SourceFindings Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path)) return None;
        using var stream = File.OpenRead(path);
        return JsonSerializer.Deserialize(stream, ComplianceJson.Default.SourceFindings) ?? None;
    }
}
