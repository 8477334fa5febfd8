using Strata.Core;

namespace Strata.Metadata;

/// <content>What can be wrong with the workspace and its layers.</content>
public static partial class MetadataRules
{
    private static readonly Rule s_noWorkspace = new("STR2020", Severity.Error, "Not a workspace");
    private static readonly Rule s_layerMissing = new("STR2021", Severity.Error, "Layer not found");
    private static readonly Rule s_noLayers = new("STR2022", Severity.Error, "No layers");
    private static readonly Rule s_layerDependsMissing = new("STR2023", Severity.Error, "Layer needs another layer");
    private static readonly Rule s_layerDependsVersion = new("STR2024", Severity.Error, "Layer needs another version of a layer");
    private static readonly Rule s_seriesMismatch = new("STR2025", Severity.Error, "Layer made for another series");
    private static readonly Rule s_seriesMissing = new("STR2026", Severity.Warning, "Layer names no series");
    private static readonly Rule s_patternMissing = new("STR2027", Severity.Error, "Layer without pattern");
    private static readonly Rule s_danglingAppend = new("STR2028", Severity.Error, "Append without recipe");
    private static readonly Rule s_danglingAppendAllowed = new("STR2028", Severity.Warning, "Append without recipe");
    private static readonly Rule s_collectionTwice = new("STR2029", Severity.Error, "Two layers of one name");
    private static readonly Rule s_badMask = new("STR2030", Severity.Warning, "BBMASK not understood");
    private static readonly Rule s_fragmentNotFound = new("STR2033", Severity.Error, "Fragment not found");
    private static readonly Rule s_fragmentAlreadySet = new("STR2044", Severity.Error, "Fragment for a variable that has a value");
    private static readonly Rule s_noBaseConfiguration = new("STR2034", Severity.Error, "No base configuration");
    private static readonly Rule s_noRecipes = new("STR2036", Severity.Warning, "No recipes");
    private static readonly Rule s_badPriority = new("STR2037", Severity.Error, "Layer priority is no number");
    private static readonly Rule s_badDynamic = new("STR2038", Severity.Error, "BBFILES_DYNAMIC not understood");
    private static readonly Rule s_noCoreLayer = new("STR2041", Severity.Error, "No core layer");

    private static readonly Rule s_patternTooWide = new("STR2048", Severity.Error, "Pattern matches too much");

    public static Diagnostic PatternTooWide(SourceSpan at, string pattern, int limit) =>
        s_patternTooWide.At(at, $"'{pattern}' in BBFILES leads to more than {limit} files and directories", "name the directories of recipes: \"${LAYERDIR}/recipes-*/*/*.bb\"");

    public static Diagnostic NoWorkspace(string directory) =>
        s_noWorkspace.At(default, $"'{directory}' has no conf/bblayers.conf", "go to the directory of your build, or name it: strata -C DIRECTORY …");

    public static Diagnostic LayerMissing(SourceSpan at, string directory) =>
        s_layerMissing.At(at, $"the layer '{directory}' does not exist", "correct BBLAYERS in conf/bblayers.conf, or fetch the layer");

    public static Diagnostic NoLayers(SourceSpan at) => s_noLayers.At(at, "BBLAYERS names no layer", "list the layers' directories in BBLAYERS");

    public static Diagnostic LayerDependsMissing(SourceSpan at, string layer, string needed) =>
        s_layerDependsMissing.At(at, $"layer '{layer}' depends on layer '{needed}', which is not in BBLAYERS", $"add the directory of '{needed}' to BBLAYERS in conf/bblayers.conf");

    public static Diagnostic LayerDependsVersion(SourceSpan at, string layer, string needed, string constraint, string? version) =>
        s_layerDependsVersion.At(at, $"layer '{layer}' depends on '{needed}' ({constraint}), but its version is {version ?? "not given"}",
            version is null ? $"set LAYERVERSION_{needed} in its conf/layer.conf" : "use branches of the two layers that belong together");

    public static Diagnostic SeriesMismatch(SourceSpan at, string layer, string compatible, string core) =>
        s_seriesMismatch.At(at, $"layer '{layer}' works with {compatible}, the core layer is {core}", "use branches of the two layers that belong together");

    public static Diagnostic SeriesMissing(SourceSpan at, string layer, string core) =>
        s_seriesMissing.At(at, $"layer '{layer}' does not say which series it works with", $"set LAYERSERIES_COMPAT_{layer} = \"{core}\" in its conf/layer.conf");

    public static Diagnostic NoCoreLayer(SourceSpan at, string layer) =>
        s_noCoreLayer.At(at, $"layer '{layer}' needs a core layer, and none sets LAYERSERIES_CORENAMES", "add the core layer (meta-core) to BBLAYERS in conf/bblayers.conf");

    public static Diagnostic PatternMissing(SourceSpan at, string layer) =>
        s_patternMissing.At(at, $"layer '{layer}' has no BBFILE_PATTERN_{layer}", $"set BBFILE_PATTERN_{layer} = \"^${{LAYERDIR}}/\" in its conf/layer.conf");

    public static Diagnostic DanglingAppend(string append, bool allowed, IEnumerable<string> recipes) =>
        (allowed ? s_danglingAppendAllowed : s_danglingAppend).At(new(append), $"no recipe for '{Path.GetFileName(append)}'",
            Suggest.Nearest(Path.GetFileNameWithoutExtension(append), recipes) is { } near ? $"did you mean '{near}.bbappend'?"
                : "add the layer that has the recipe, or hide the append with BBMASK");

    public static Diagnostic CollectionTwice(SourceSpan at, string layer) =>
        s_collectionTwice.At(at, $"two layers call themselves '{layer}' in BBFILE_COLLECTIONS", "remove one of them from BBLAYERS in conf/bblayers.conf");

    public static Diagnostic BadMask(SourceSpan at, string mask, string cause) => s_badMask.At(at, $"BBMASK '{mask}' is ignored: {cause}", "correct the regular expression");

    public static Diagnostic FragmentNotFound(SourceSpan at, string fragment) =>
        s_fragmentNotFound.At(at, $"no layer has the configuration fragment '{fragment}'", "write LAYER/name as in conf/fragments of that layer");

    public static Diagnostic FragmentAlreadySet(SourceSpan at, string fragment, string variable, string value) =>
        s_fragmentAlreadySet.At(at, $"the fragment '{fragment}' would set {variable}, which is '{value}' already", $"remove the fragment or the assignment of {variable}");

    public static Diagnostic NoBaseConfiguration(SourceSpan at) =>
        s_noBaseConfiguration.At(at, "no layer has conf/bitbake.conf", "add the core layer (meta-core) to BBLAYERS in conf/bblayers.conf");

    public static Diagnostic NoRecipes(SourceSpan at) => s_noRecipes.At(at, "BBFILES matches no recipe", "set BBFILES in the layers' conf/layer.conf");

    public static Diagnostic BadPriority(SourceSpan at, string layer, string priority) =>
        s_badPriority.At(at, $"BBFILE_PRIORITY_{layer} is '{priority}'", "write a whole number");

    public static Diagnostic BadDynamic(SourceSpan at, string entry) =>
        s_badDynamic.At(at, $"BBFILES_DYNAMIC has '{entry}'", "write COLLECTION:PATH or !COLLECTION:PATH");
}
