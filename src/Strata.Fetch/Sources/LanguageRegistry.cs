using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Strata.Fetch;

/// <summary>
/// Entries that name a package of a language's registry instead of a file. A registry serves plain files at known addresses, so such an
/// entry is only another way to write one: pinned, mirrored and unpacked as any other download.
/// </summary>
internal static class LanguageRegistry
{
    private static readonly string[] s_schemes = ["crate", "gem", "gomod", "npm", "pypi"];

    public static ImmutableArray<string> Schemes { get; } = [.. s_schemes];

    /// <summary>The entry itself if it names no registry, else the download that it stands for; false with the reason when it is incomplete.</summary>
    public static bool TryResolve(SourceUri entry, [NotNullWhen(true)] out SourceUri? download, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        download = entry.Scheme switch
        {
            "crate" when NameAndVersion(entry) is var (name, version) => Crate(entry, name, version),
            "gem" when NameAndVersion(entry) is var (name, version) => Download(entry, entry.Host, $"/downloads/{name}-{version}.gem", $"{name}-{version}.gem", ""),
            "pypi" when NameAndVersion(entry) is var (name, version) =>
                Download(entry, entry.Host is "pypi.org" ? "files.pythonhosted.org" : entry.Host, $"/packages/source/{name[0]}/{name}/{name}-{version}.tar.gz", $"{name}-{version}.tar.gz", ""),
            "npm" when entry.Parameter("package") is { Length: > 0 } package && entry.Parameter("version") is { Length: > 0 } version && version != "latest" =>
                Npm(entry, package, version),
            "gomod" when entry.Parameter("version") is { Length: > 0 } version => GoModuleFile(entry, version),
            var scheme => s_schemes.Contains(scheme) ? null : entry,
        };
        if (download is null) problem = $"'{entry}' does not say which package in which version: {Example(entry.Scheme)}";
        return download is not null;
    }

    private static string Example(string scheme) => scheme switch
    {
        "npm" => "npm://registry.npmjs.org;package=NAME;version=VERSION",
        "gomod" => "gomod://MODULE;version=vVERSION",
        "crate" => "crate://crates.io/NAME/VERSION",
        "gem" => "gem://rubygems.org/NAME/VERSION",
        _ => "pypi://pypi.org/NAME/VERSION",
    };

    private static (string Name, string Version)? NameAndVersion(SourceUri entry) =>
        entry.Path.Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., var name, var version] ? (name, version) : null;

    private static SourceUri Crate(SourceUri entry, string name, string version)
    {
        // Where BitBake's classes for Rust look for the sources of crates; ;subdir=. puts one beside the other sources.
        if (entry.Parameter("subdir") is null) entry = entry with { Parameters = entry.Parameters.Add("subdir", "cargo_home/bitbake") };
        var (host, below) = entry.Host is "crates.io" ? ("static.crates.io", "/crates") : (entry.Host, "");
        return Download(entry, host, $"{below}/{name}/{version}/download", $"{name}-{version}.crate", $"{name}-{version}");
    }

    /// <summary>A scoped package <c>@scope/name</c> lies below its scope, under its bare name.</summary>
    private static SourceUri Npm(SourceUri entry, string package, string version)
    {
        var bare = package[(package.LastIndexOf('/') + 1)..];
        var file = package.TrimStart('@').Replace('/', '-');
        return Download(entry, entry.Host, $"{entry.Path.TrimEnd('/')}/{package}/-/{bare}-{version}.tgz", $"{file}-{version}.tgz", "");
    }

    private static SourceUri GoModuleFile(SourceUri entry, string version)
    {
        var module = new GoModule((entry.Host + entry.Path).TrimEnd('/'), version, entry.Flag("mod", otherwise: false));
        entry = entry with { Parameters = entry.Parameters.SetItem(GoModule.Parameter, module.Path) };
        return Download(entry, "proxy.golang.org", $"/{module.ProxyPath}", $"{module.Path.Replace('/', '.')}@{version}{Path.GetExtension(module.ProxyPath)}", $"{module.Path}@{version}");
    }

    /// <param name="name">What the pin is called if the entry gives itself no name, as in BitBake; empty for the plain <c>sha256sum</c>.</param>
    private static SourceUri Download(SourceUri entry, string host, string path, string file, string name)
    {
        var parameters = entry.Parameters.ContainsKey("downloadfilename") ? entry.Parameters : entry.Parameters.Add("downloadfilename", file);
        if (name.Length > 0 && !parameters.ContainsKey("name")) parameters = parameters.Add("name", name);
        var transport = entry.Parameter("protocol") ?? "https";
        return entry with { Scheme = transport, Host = host, Path = path, Parameters = parameters.Remove("protocol") };
    }
}
