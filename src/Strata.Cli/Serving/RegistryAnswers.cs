using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Strata.Core;
using Strata.Packaging;

namespace Strata.Cli.Serving;

/// <summary>The reading half of the OCI distribution API, version 1.1, over images that may have to be made first.</summary>
internal sealed class RegistryAnswers(IServedImages images)
{
    private const string Latest = "latest";

    /// <exception cref="RegistryException">It cannot be answered.</exception>
    public async Task<IResult> OfAsync(HttpRequest request, CancellationToken cancel)
    {
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        var path = request.Path.Value ?? "";
        if (isRead && path is "/v2" or "/v2/") return TypedResults.Text("{}", "application/json");
        var route = RegistryRoute.Of(path);
        if (route is { Content: not RegistryContent.Tags }) CheckReference(route);
        if (!isRead) throw new RegistryException(RegistryError.ReadOnly());
        return route?.Content switch
        {
            RegistryContent.Manifest => await ManifestAsync(route, request, cancel),
            RegistryContent.Blob => await BlobAsync(route, request.HttpContext.Response, cancel),
            RegistryContent.Tags => await TagsAsync(route.Name, request, cancel),
            RegistryContent.Referrers => await ReferrersAsync(route, request, cancel),
            _ => throw new RegistryException(RegistryError.NoEndpoint()),
        };
    }

    /// <summary>A manifest may be called by a tag, anything else has a digest.</summary>
    private static void CheckReference(RegistryRoute route)
    {
        if (route.Content is RegistryContent.Manifest && !route.Reference.Contains(':')) return;
        if (!Digest.TryParse(route.Reference, out _)) throw new RegistryException(RegistryError.DigestInvalid(route.Reference));
    }

    private async Task<IResult> ManifestAsync(RegistryRoute route, HttpRequest request, CancellationToken cancel)
    {
        var manifest = Digest.TryParse(route.Reference, out var digest) ? await ByDigestAsync(route.Name, digest, cancel)
            : await (await images.FindAsync(route.Name, route.Reference, cancel)).GetAsync(Latest, cancel);
        if (manifest is null) throw new RegistryException(RegistryError.ManifestUnknown($"no image of this name has {route.Reference}"));
        if (!Accepts(request, manifest.MediaType))
            throw new RegistryException(RegistryError.ManifestUnknown($"the image has a manifest of type {manifest.MediaType}, which the request does not accept"));
        NameContent(request.HttpContext.Response, manifest.Digest);
        return TypedResults.Bytes(manifest.Bytes, manifest.MediaType, entityTag: TagOf(manifest.Digest));
    }

    private async Task<IResult> BlobAsync(RegistryRoute route, HttpResponse response, CancellationToken cancel)
    {
        var blob = new OciDescriptor("", route.Reference, 0);
        foreach (var layout in await LayoutsAsync(route.Name, cancel))
        {
            if (!await layout.HasBlobAsync(blob, cancel)) continue;
            NameContent(response, Digest.Parse(route.Reference));
            var content = await layout.OpenBlobAsync(blob, cancel);
            return TypedResults.Stream(content, "application/octet-stream", entityTag: TagOf(Digest.Parse(route.Reference)), enableRangeProcessing: true);
        }
        throw new RegistryException(RegistryError.BlobUnknown(route.Reference));
    }

    private async Task<IResult> TagsAsync(ServedName name, HttpRequest request, CancellationToken cancel)
    {
        var last = request.Query["last"].ToString();
        var rest = (await images.TagsAsync(name, cancel)).Where(t => StringComparer.Ordinal.Compare(t, last) > 0).ToImmutableArray();
        var page = PageSize(request) is { } size && size < rest.Length ? rest[..size] : rest;
        if (page.Length is > 0 && page.Length < rest.Length)
            request.HttpContext.Response.Headers.Link = string.Create(CultureInfo.InvariantCulture, $"</v2/{name.Repository}/tags/list?n={page.Length}&last={page[^1]}>; rel=\"next\"");
        return TypedResults.Json(new TagsAnswer(name.Repository, page), RegistryJson.Readable.TagsAnswer);
    }

    /// <summary>An image that is not known has none: the specification wants an empty list then.</summary>
    private async Task<IResult> ReferrersAsync(RegistryRoute route, HttpRequest request, CancellationToken cancel)
    {
        var subject = Digest.Parse(route.Reference);
        var found = new List<OciDescriptor>();
        foreach (var layout in images.Served(route.Name))
            if (await InLayoutAsync(layout, subject, cancel) is { } manifest)
                found.AddRange(await Referrers.ListAsync(layout, manifest, cancel));
        var type = request.Query["artifactType"].ToString();
        if (type.Length > 0) request.HttpContext.Response.Headers["OCI-Filters-Applied"] = "artifactType";
        var list = Referrers.IndexOf(found.Where(r => type.Length == 0 || r.ArtifactType == type).DistinctBy(r => r.Digest));
        return TypedResults.Bytes(list.Bytes, list.MediaType);
    }

    private async Task<ImageManifest?> ByDigestAsync(ServedName name, Digest digest, CancellationToken cancel)
    {
        foreach (var layout in await LayoutsAsync(name, cancel))
            if (await InLayoutAsync(layout, digest, cancel) is { } manifest) return manifest;
        return null;
    }

    /// <summary>Only what the layout's index leads to is a manifest: a layer of a gigabyte is none.</summary>
    private static async Task<ImageManifest?> InLayoutAsync(LayoutImages layout, Digest digest, CancellationToken cancel)
    {
        foreach (var tag in await layout.TagsAsync(cancel))
        {
            if (await layout.FindAsync(tag, cancel) is not { } manifest) continue;
            if (manifest.Digest == digest) return manifest;
            if (manifest.Children.Any(c => c.Digest == digest.ToString())) return await layout.FindAsync(digest.ToString(), cancel);
        }
        return null;
    }

    /// <summary>After a new start nothing was served yet, and a client may know digests from before.</summary>
    private async Task<ImmutableArray<LayoutImages>> LayoutsAsync(ServedName name, CancellationToken cancel) =>
        images.Served(name) is { IsEmpty: false } served ? served : [await images.FindAsync(name, Latest, cancel)];

    private static int? PageSize(HttpRequest request)
    {
        var text = request.Query["n"].ToString();
        if (text.Length == 0) return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : throw new RegistryException(RegistryError.BadPage(text));
    }

    /// <summary>Who says nothing takes anything.</summary>
    private static bool Accepts(HttpRequest request, string type)
    {
        if (request.Headers.Accept.Count == 0) return true;
        var wanted = MediaTypeHeaderValue.Parse(type);
        return MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted) && accepted.Any(a => a.Quality is not 0 && wanted.IsSubsetOf(Plain(a)));
    }

    /// <summary>Without parameters such as <c>q</c>, which say nothing about the type itself.</summary>
    private static MediaTypeHeaderValue Plain(MediaTypeHeaderValue accepted) => new(accepted.MediaType);

    private static void NameContent(HttpResponse response, Digest digest) => response.Headers["Docker-Content-Digest"] = digest.ToString();

    private static EntityTagHeaderValue TagOf(Digest digest) => new($"\"{digest}\"");
}
