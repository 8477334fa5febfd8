using System.Collections.Immutable;
using System.Text;

namespace Strata.Cli.Recipes;

/// <summary>A recipe that is about to be written: as short as a person would write it.</summary>
internal sealed record RecipeDraft
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required string Summary { get; init; }

    public required string Homepage { get; init; }

    public required LicenseEvidence Evidence { get; init; }

    /// <summary>The lines that say where the sources are and which.</summary>
    public required ImmutableArray<string> Sources { get; init; }

    /// <summary>S, where it is another than ${UNPACKDIR}/${BP}; else empty.</summary>
    public required string SourceDirectory { get; init; }

    public required ImmutableArray<string> Depends { get; init; }

    public required BuildWords Build { get; init; }

    /// <summary>Text of the include file with crates; empty for none.</summary>
    public string Crates { get; init; } = "";

    public string CratesFile => $"{Name}-crates.inc";

    public string Text()
    {
        var text = new StringBuilder();
        Set("SUMMARY", Summary.Length > 0 ? Summary : Name);
        if (Homepage.Length > 0) Set("HOMEPAGE", Homepage);
        Set("LICENSE", Evidence.License ?? $"LicenseRef-{Name}");
        Evidences();
        _ = text.Append('\n');
        foreach (var line in Sources) _ = text.Append(line).Append('\n');
        if (SourceDirectory.Length > 0) Set("S", SourceDirectory);
        if (Crates.Length > 0) _ = text.Append($"require {CratesFile}\n");
        _ = text.Append('\n');
        if (!Depends.IsEmpty) Set("DEPENDS", string.Join(' ', Depends));
        if (!Build.Classes.IsEmpty) _ = text.Append($"inherit {string.Join(' ', Build.Classes)}\n");
        if (!Build.Lines.IsEmpty && (!Depends.IsEmpty || !Build.Classes.IsEmpty) && Build.Lines[0].Length > 0) _ = text.Append('\n');
        foreach (var line in Build.Lines) _ = text.Append(line).Append('\n');
        return text.ToString().Replace("\n\n\n", "\n\n", StringComparison.Ordinal).TrimEnd('\n') + "\n";

        void Set(string name, string value) => _ = text.Append($"{name} = \"{value}\"\n");

        void Evidences()
        {
            if (Evidence.Files is []) return;
            if (Evidence.Files is [var one]) Set("LIC_FILES_CHKSUM", one.ToString());
            else _ = text.Append($"LIC_FILES_CHKSUM = \" \\\n{string.Concat(Evidence.Files.Select(f => $"    {f} \\\n"))}\"\n");
        }
    }
}
