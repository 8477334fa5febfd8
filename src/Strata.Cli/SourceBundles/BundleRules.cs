using Strata.Core;

namespace Strata.Cli.SourceBundles;

/// <summary>What can stand in the way of a source bundle: codes STR1200 to STR1209.</summary>
internal static class BundleRules
{
    private static readonly Rule s_noImage = new("STR1200", Severity.Error, "Not an image recipe");
    private static readonly Rule s_directoryTaken = new("STR1201", Severity.Error, "No place for a source bundle");
    private static readonly Rule s_development = new("STR1202", Severity.Error, "Sources that nothing pins");
    private static readonly Rule s_outside = new("STR1203", Severity.Warning, "File outside of layers and workspace");
    private static readonly Rule s_notWritten = new("STR1204", Severity.Error, "Source bundle cannot be written");

    public static Diagnostic NoImage(SourceSpan place, string recipe) =>
        s_noImage.At(place, $"'{recipe}' makes no root file system", hint: "name a recipe that inherits image; strata recipe list shows all");

    public static Diagnostic DirectoryTaken(string directory) =>
        s_directoryTaken.At(default, $"{directory} exists and is something else than an earlier bundle", hint: "choose another directory, or a file: --into sources.tar.zst");

    public static Diagnostic Development(SourceSpan place, string recipe, string directory) =>
        s_development.At(place, $"{recipe} is built from {directory} (EXTERNALSRC), which no revision identifies", hint: "remove EXTERNALSRC, build the image from its pinned sources, and call this again");

    public static Diagnostic Outside(string file) =>
        s_outside.At(new(file), "the build reads this file, which is in no layer and not in the workspace, so it is not in the bundle", hint: "move it into a layer or below conf/ of the workspace");

    public static Diagnostic NotWritten(string place, string reason) =>
        s_notWritten.At(default, $"{place}: {reason}", hint: "see whether the disk is full, and whether zstd and git are installed: strata doctor");
}
