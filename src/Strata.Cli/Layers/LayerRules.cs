using Strata.Core;

namespace Strata.Cli.Layers;

/// <summary>What can be wrong when layers are made, added, removed or compared: codes STR1120 to STR1139.</summary>
public static class LayerRules
{
    private static readonly Rule s_noLayer = new("STR1120", Severity.Error, "Not a layer");
    private static readonly Rule s_alreadyThere = new("STR1121", Severity.Error, "Layer is already there");
    private static readonly Rule s_notListed = new("STR1122", Severity.Error, "Layer is listed elsewhere");
    private static readonly Rule s_badName = new("STR1123", Severity.Error, "Not a name for a layer");
    private static readonly Rule s_directoryTaken = new("STR1124", Severity.Error, "Directory is not empty");
    private static readonly Rule s_undone = new("STR1125", Severity.Error, "Change undone");
    private static readonly Rule s_noExample = new("STR1126", Severity.Error, "Unknown example");
    private static readonly Rule s_noCore = new("STR1127", Severity.Error, "Core layer not found");

    public static Diagnostic NoLayer(string directory) =>
        s_noLayer.At(default, $"{directory} has no conf/layer.conf", hint: $"make a new layer there: strata layer create {Path.GetFileName(directory)}");

    public static Diagnostic AlreadyThere(string list, string name) => s_alreadyThere.At(new(list), $"the workspace has the layer '{name}' already", hint: "strata layer list shows where");

    public static Diagnostic NotListed(string list, string name) =>
        s_notListed.At(new(list), $"no entry of BBLAYERS in this file is the directory of '{name}'", hint: "see where it comes from: strata getvar BBLAYERS --history");

    public static Diagnostic BadName(string name) =>
        s_badName.At(default, $"'{name}' cannot be the name of a layer or product", hint: "use lower-case letters, digits and dashes, starting with a letter: my-product");

    public static Diagnostic DirectoryTaken(string directory) =>
        s_directoryTaken.At(default, $"{directory} exists and is not empty", hint: "choose another name, or remove the directory");

    public static Diagnostic Undone(string list, string what) =>
        s_undone.At(new(list), $"{what} leaves a workspace that cannot be read (see above), so the file is as it was", hint: "add or remove the layers that are named above first");

    public static Diagnostic NoExample(string name, IReadOnlyCollection<string> known) =>
        s_noExample.At(default, $"there is no example '{name}'",
            hint: Suggest.Nearest(name, known) is { } near ? $"did you mean '{near}'?" : $"there are {string.Join(", ", known)}");

    public static Diagnostic NoCore() =>
        s_noCore.At(default, "no meta-core was found beside strata or in a workspace above this directory", hint: "run strata from its checkout, or inside a workspace that has meta-core");
}
