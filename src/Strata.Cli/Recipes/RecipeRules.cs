using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cli.Recipes;

/// <summary>What can be said when recipes are written, checked and moved to new versions: codes STR1170 to STR1199.</summary>
public static class RecipeRules
{
    private static readonly Rule s_noBuildSystem = new("STR1170", Severity.Error, "Unknown build system");
    private static readonly Rule s_noVersion = new("STR1171", Severity.Error, "Sources without a name or version");
    private static readonly Rule s_licenseUnknown = new("STR1172", Severity.Warning, "Licence not recognized");
    private static readonly Rule s_noRecipeFor = new("STR1173", Severity.Warning, "Dependency without a recipe");
    private static readonly Rule s_alreadyThere = new("STR1174", Severity.Error, "Recipe is already there");
    private static readonly Rule s_noEvidence = new("STR1180", Severity.Error, "Recipe without licence evidence");
    private static readonly Rule s_hostPath = new("STR1181", Severity.Warning, "Fixed path in a recipe");
    private static readonly Rule s_unpinned = new("STR1182", Severity.Error, "Recipe with a source that nothing pins");
    private static readonly Rule s_order = new("STR1183", Severity.Warning, "Variables out of order");
    private static readonly Rule s_blanks = new("STR1184", Severity.Warning, "White space in a recipe");
    private static readonly Rule s_undescribed = new("STR1185", Severity.Warning, "Recipe without a description");
    private static readonly Rule s_oddFiles = new("STR1186", Severity.Warning, "Odd FILES");
    private static readonly Rule s_noUpstream = new("STR1190", Severity.Error, "No newer version found");
    private static readonly Rule s_unversioned = new("STR1191", Severity.Error, "Recipe that cannot be moved");
    private static readonly Rule s_patchFails = new("STR1192", Severity.Warning, "Patch does not apply any more");
    private static readonly Rule s_licenseChanged = new("STR1193", Severity.Warning, "Licence text changed with the version");

    public static Diagnostic NoBuildSystem(string source) =>
        s_noBuildSystem.At(default, $"nothing in {source} says how it is built: no configure, CMakeLists.txt, meson.build, Cargo.toml, go.mod, pyproject.toml, setup.py or Makefile, there or one directory below",
            hint: "name the directory that has it, or write the recipe by hand: strata explain STR1170");

    public static Diagnostic NoVersion(string source) =>
        s_noVersion.At(default, $"neither the address nor the build files of {source} say what it is called and which version it is", hint: "give the name: --name NAME, and the version: --version VERSION");

    public static Diagnostic LicenseUnknown(SourceSpan place, string recipe, bool hasFile) =>
        s_licenseUnknown.At(place, hasFile ? "the licence text is none that Strata recognizes" : "the sources have no licence text where one is expected",
            hint: $"read it, and set LICENSE (and LIC_FILES_CHKSUM) of {recipe}: LicenseRef-{recipe} stands for a text of its own");

    public static Diagnostic NoRecipeFor(SourceSpan place, string need) =>
        s_noRecipeFor.At(place, $"the sources need '{need}', and no recipe of this workspace is called like that", hint: "if a recipe provides it under another name, add that to DEPENDS; else make one: strata recipe new URL");

    public static Diagnostic AlreadyThere(string file) => s_alreadyThere.At(new(file), "this recipe exists", hint: "choose another name: --name NAME, or remove the file");

    public static Diagnostic NoEvidence(SourceSpan place, string variable) =>
        s_noEvidence.At(place, $"{variable} is not set, though the recipe has sources of others",
            hint: variable is "LICENSE" ? "set LICENSE to an SPDX expression" : "add LIC_FILES_CHKSUM = \"file://LICENSE;sha256=…\"; a build says the digest");

    public static Diagnostic HostPath(SourceSpan place, string path, string instead) => s_hostPath.At(place, $"'{path}' is fixed in the recipe", hint: $"write {instead}");

    public static Diagnostic Unpinned(SourceSpan place, string source, string setting) => s_unpinned.At(place, $"nothing pins {source}", hint: $"set {setting}; a build or strata lock says to what");

    public static Diagnostic Order(SourceSpan place, string later, string earlier, SourceSpan earlierPlace) =>
        s_order.At(place, $"{later} comes before {earlier} in the usual order", hint: $"move {later} above line {earlierPlace.Line}") with { Related = [earlierPlace] };

    public static Diagnostic Blanks(SourceSpan place, string what, string hint) => s_blanks.At(place, what, hint);

    public static Diagnostic Undescribed(SourceSpan place, string message, string hint) => s_undescribed.At(place, message, hint);

    public static Diagnostic OddFiles(SourceSpan place, string message, string hint) => s_oddFiles.At(place, message, hint);

    public static Diagnostic NoUpstream(SourceSpan place, string recipe, string reason) =>
        s_noUpstream.At(place, $"no version to move to was found for {recipe}: {reason}", hint: $"name one: strata recipe upgrade {recipe} VERSION; or say where versions are listed: UPSTREAM_CHECK_URI, UPSTREAM_CHECK_REGEX");

    public static Diagnostic Unversioned(SourceSpan place, string recipe, string reason) => s_unversioned.At(place, $"{recipe} cannot be moved: {reason}", hint: "change it by hand");

    public static Diagnostic PatchFails(SourceSpan place, string patch, string reason) => s_patchFails.At(place, $"{patch} does not apply to the new version: {reason}", hint: "remake it, or drop it from SRC_URI if upstream has the change");

    public static Diagnostic LicenseChanged(SourceSpan place, string file, ImmutableArray<string> difference) =>
        s_licenseChanged.At(place, $"{file} has other words than before{string.Concat(difference.Select(l => $"\n    {l}"))}", hint: "read the difference and correct LICENSE if the terms changed; the digest in the recipe is the new one");
}
