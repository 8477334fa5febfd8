using Strata.Core;

namespace Strata.Packaging;

/// <summary>What Strata can say about finished images and registries: codes STR6200 to STR6249, one method each.</summary>
public static class ImageRules
{
    /// <summary>Of a list of images that has no index, though each of them is fine.</summary>
    public static readonly Rule SamePlatformRule = new("STR6212", Severity.Error, "Two images for one platform");

    private static readonly Rule s_badReference = new("STR6200", Severity.Error, "Image name not understood");
    private static readonly Rule s_registryFailed = new("STR6201", Severity.Error, "Registry failed");
    private static readonly Rule s_noSuchImage = new("STR6202", Severity.Error, "No such image");
    private static readonly Rule s_badKey = new("STR6203", Severity.Error, "Signing key cannot be used");
    private static readonly Rule s_notSigned = new("STR6204", Severity.Error, "No valid signature");
    private static readonly Rule s_damaged = new("STR6205", Severity.Error, "Image is damaged");
    private static readonly Rule s_zstdFailed = new("STR6206", Severity.Error, "zstd failed");
    private static readonly Rule s_noIdentity = new("STR6208", Severity.Error, "Signature for nothing");
    private static readonly Rule s_noDocument = new("STR6209", Severity.Error, "Document cannot be attached");
    private static readonly Rule s_notReproducible = new("STR6213", Severity.Error, "Image cannot be made again");
    private static readonly Rule s_badOption = new("STR6207", Severity.Error, "Image option not understood");

    private static readonly Rule s_whiteout = new("STR6210", Severity.Error, "File name that hides files");
    private static readonly Rule s_unpinnedBase = new("STR6211", Severity.Error, "Base image not pinned");

    public static Diagnostic WhiteoutName(string path) =>
        s_whiteout.At(default, $"'{path}' cannot be in a container image: names that begin with '.wh.' say there that another file is gone",
            hint: "remove or rename it at the end of do_install");

    public static Diagnostic UnpinnedBase(SourceSpan place, string text) =>
        s_unpinnedBase.At(place, $"OCI_BASE_IMAGE is '{text}', which can be another image tomorrow",
            hint: "write OCI_BASE_IMAGE = \"HOST/REPOSITORY@sha256:…\" (strata image inspect HOST/REPOSITORY:TAG says the digest), or the name of an image recipe");

    public static Diagnostic BadReference(string text) =>
        s_badReference.At(default, $"'{text}' names no image",
            hint: "write HOST/REPOSITORY:TAG, such as registry.example/team/app:1.2, a directory with an image layout, or an image recipe that is built here");

    public static Diagnostic RegistryFailed(string reference, string reason) =>
        s_registryFailed.At(default, $"{reference}: {reason}",
            hint: "after 401 or 403, log in: the credentials are those of docker login, podman login or STRATA_REMOTE_AUTH");

    public static Diagnostic NoSuchImage(string reference) =>
        s_noSuchImage.At(default, $"there is no image {reference}", hint: "strata image ls lists what is there");

    public static Diagnostic BadKey(string file, string reason) =>
        s_badKey.At(new(file), reason, hint: "strata image key NAME makes a pair; its password is in STRATA_KEY_PASSWORD");

    public static Diagnostic NotSigned(string reference, string key, string reason) =>
        s_notSigned.At(default, $"{reference} has no signature that {key} made: {reason}", hint: "strata image sign makes one");

    public static Diagnostic NotReproducible(string reference, string reason) =>
        s_notReproducible.At(default, $"nobody can make {reference} again from commits: {reason}", hint: "commit the layers, build again, and sign with strata image sign");

    public static Diagnostic Damaged(string place, string problem) =>
        s_damaged.At(new(place), problem, hint: "build, push or pull it again");

    /// <param name="platform">Such as <c>linux/arm64</c>.</param>
    public static Diagnostic SamePlatform(string place, string platform) =>
        SamePlatformRule.At(new(place), $"this is a second image for {platform}, and an index has one for each platform", hint: "leave one of them out, or give each its own tag");

    public static Diagnostic ZstdFailed(string reason) =>
        s_zstdFailed.At(default, $"zstd: {reason}", hint: "sudo apt-get install zstd, or set OCI_LAYER_COMPRESSION = \"gzip\"");

    public static Diagnostic NoIdentity(string image) =>
        s_noIdentity.At(default, $"{image} is no image of a registry, so nothing says what the signature is for", hint: "--identity registry.example/team/app");

    public static Diagnostic NoDocument(string file, string reason) =>
        s_noDocument.At(new(file), reason, hint: "name a file; with --key it has to be JSON");

    public static Diagnostic BadOption(SourceSpan place, string variable, string value, string allowed) =>
        s_badOption.At(place, $"{variable} is '{value}', which is not understood", hint: $"write {variable} = {allowed}");
}
