namespace Strata.Cli.Serving;

/// <summary>An error as the distribution specification has clients read it.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Code">One of the specification's, or of those that all registries use beside them.</param>
internal sealed record RegistryError(int Status, string Code, string Message)
{
    public static RegistryError NameInvalid(string message) => new(400, "NAME_INVALID", message);

    public static RegistryError NameUnknown(string message) => new(404, "NAME_UNKNOWN", message);

    public static RegistryError ManifestUnknown(string message) => new(404, "MANIFEST_UNKNOWN", message);

    public static RegistryError BlobUnknown(string digest) => new(404, "BLOB_UNKNOWN", $"no image of this name has {digest}");

    public static RegistryError DigestInvalid(string text) => new(400, "DIGEST_INVALID", $"'{text}' is no digest");

    public static RegistryError BadPage(string text) => new(400, "PAGINATION_NUMBER_INVALID", $"'{text}' is no number of entries");

    public static RegistryError NoEndpoint() => new(404, "UNSUPPORTED", "this registry has manifests, blobs, tags/list and referrers below /v2/");

    public static RegistryError ReadOnly() => new(405, "UNSUPPORTED", "this registry is made of recipes: it can only be read");

    public static RegistryError Denied(string message) => new(403, "DENIED", message);

    public static RegistryError TooManyRequests() => new(429, "TOOMANYREQUESTS", "too many images wait to be built; try again later");

    public static RegistryError Stopping() => new(503, "UNAVAILABLE", "the registry is being stopped");

    public static RegistryError BuildFailed(string message) => new(500, "UNKNOWN", message);
}
