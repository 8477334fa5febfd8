using System.Globalization;
using Strata.Core;

namespace Strata.Compliance;

/// <summary>What an audit of an image can say: codes STR7040 to STR7059.</summary>
public static partial class ComplianceRules
{
    private static readonly Rule s_notAnImage = new("STR7040", Severity.Error, "Image cannot be read");
    private static readonly Rule s_damaged = new("STR7041", Severity.Error, "Image is damaged");
    private static readonly Rule s_unsafePath = new("STR7042", Severity.Error, "Path leads out of the image");
    private static readonly Rule s_noStatement = new("STR7043", Severity.Error, "Image without a statement");
    private static readonly Rule s_badStatement = new("STR7044", Severity.Error, "Statement cannot be read");
    private static readonly Rule s_badReference = new("STR7045", Severity.Error, "Statement refers to what it does not have");
    private static readonly Rule s_unowned = new("STR7046", Severity.Error, "File that no package owns");
    private static readonly Rule s_differs = new("STR7047", Severity.Error, "File is not the stated one");
    private static readonly Rule s_missing = new("STR7048", Severity.Error, "Stated file is not in the image");
    private static readonly Rule s_noRecipe = new("STR7049", Severity.Error, "Package of no recipe");
    private static readonly Rule s_noSource = new("STR7050", Severity.Error, "Recipe without source");
    private static readonly Rule s_notPinned = new("STR7051", Severity.Error, "Source without digest");
    private static readonly Rule s_noLicense = new("STR7052", Severity.Error, "Package without licence");

    internal static Diagnostic NotAnImage(string path, string problem) =>
        s_notAnImage.At(new(path), problem, "name an OCI image layout (a directory with index.json), or a root file system as .tar or .tar.gz");

    internal static Diagnostic Damaged(string path, string problem) => s_damaged.At(new(path), problem, "fetch the image again, and ask who changed it");

    internal static Diagnostic UnsafePath(string image, string name) => s_unsafePath.At(new(image), $"the archive has an entry '{name}'", "do not unpack this image");

    public static Diagnostic NoStatement(string image, IEnumerable<string> tried) =>
        s_noStatement.At(new(image), $"there is no SBOM beside it: none of {string.Join(", ", tried)}", "name it with --sbom FILE, or build with SBOM_FORMATS = \"spdx-2.3\"");

    internal static Diagnostic BadStatement(string path, string problem) => s_badStatement.At(new(path), problem, "Strata reads SPDX 2.3, SPDX 3.0.1 and CycloneDX 1.6 in JSON, at most 512 MB");

    internal static Diagnostic BadReference(string path, string from, string to) =>
        s_badReference.At(new(path), $"'{from}' refers to '{to}', which does not exist", "the SBOM is incomplete: ask its supplier for a whole one");

    internal static Diagnostic Unowned(string path) => s_unowned.At(new(path), "the image has this file, and its statement does not", "install it by a recipe");

    internal static Diagnostic Differs(string path, string package, string expected, string actual) =>
        s_differs.At(new(path), $"it is not the file of '{package}': stated sha256 {expected}, found {actual}", "build the image again, and ask who changed the file");

    internal static Diagnostic Missing(string path, string package) => s_missing.At(new(path), $"it belongs to '{package}'", "build the image again, and ask who removed the file");

    internal static Diagnostic NoRecipe(string statement, string package) => s_noRecipe.At(new(statement), $"package '{package}' was generated from nothing that is stated", "ask its supplier how it was made");

    internal static Diagnostic NoSource(string statement, string recipe) => s_noSource.At(new(statement), $"recipe '{recipe}' names no source", "SRC_URI of the recipe must say where its files come from");

    internal static Diagnostic NotPinned(string statement, string recipe, string source) =>
        s_notPinned.At(new(statement), $"source '{source}' of recipe '{recipe}' has neither SHA-256 nor commit", "pin it in SRC_URI");

    internal static Diagnostic NoLicense(string statement, string package, string license) =>
        s_noLicense.At(new(statement), string.Create(CultureInfo.InvariantCulture, $"package '{package}' states '{license}' as its licence"), "set LICENSE in its recipe to an SPDX expression");
}
