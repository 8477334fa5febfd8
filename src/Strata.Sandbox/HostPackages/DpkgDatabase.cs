using System.Collections.Immutable;

namespace Strata.Sandbox.HostPackages;

/// <summary>
/// What dpkg knows about the build machine: installed packages and their files. Reads dpkg's own files (dpkg(1), deb-control(5)),
/// because starting dpkg-query for every build would cost more than the build's own start.
/// </summary>
public sealed class DpkgDatabase
{
    private readonly string _directory;
    private readonly Dictionary<string, HostPackage> _installed;
    private readonly Dictionary<string, HostPackage> _providers;
    private readonly ImmutableArray<Diversion> _diversions;

    private DpkgDatabase(string directory, IEnumerable<HostPackage> installed)
    {
        _directory = directory;
        _diversions = Diversion.Read(Path.Combine(directory, "diversions"));
        // With foreign architectures enabled a name can be installed twice; the native one comes first in the status file.
        _installed = installed.GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        _providers = _installed.Values.SelectMany(p => p.Provides.Select(v => (Virtual: v, Package: p)))
            .OrderBy(v => v.Package.Name, StringComparer.Ordinal)
            .GroupBy(v => v.Virtual, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Package, StringComparer.Ordinal);
    }

    /// <summary>Where dpkg keeps its state; a change of its <c>status</c> file means that packages changed.</summary>
    public const string DefaultDirectory = "/var/lib/dpkg";

    /// <summary>An absent database (the build machine is no Debian) reads as one without packages.</summary>
    public static DpkgDatabase Read(string directory = DefaultDirectory)
    {
        var status = Path.Combine(directory, "status");
        return new(directory, File.Exists(status) ? DpkgStatus.Parse(File.ReadLines(status)) : []);
    }

    /// <summary>The installed package of that name, or the first one that provides it.</summary>
    public HostPackage? Find(string name) => _installed.GetValueOrDefault(name) ?? _providers.GetValueOrDefault(name);

    /// <summary>The named packages and everything they depend on, sorted by name; names that are not installed go to <paramref name="missing"/>.</summary>
    public ImmutableArray<HostPackage> Closure(IEnumerable<string> names, ICollection<string> missing)
    {
        var found = new SortedDictionary<string, HostPackage>(StringComparer.Ordinal);
        var open = new Stack<string>();
        foreach (var name in names)
        {
            if (Find(name) is null) missing.Add(name);
            open.Push(name);
        }
        while (open.TryPop(out var name))
        {
            if (Find(name) is not { } package || !found.TryAdd(package.Name, package)) continue;
            foreach (var alternatives in package.Depends)
                if (alternatives.FirstOrDefault(a => Find(a) is not null) is { } chosen) open.Push(chosen);
        }
        return [.. found.Values];
    }

    /// <summary>Absolute paths of everything the package installed, directories included.</summary>
    public IEnumerable<string> FilesOf(HostPackage package)
    {
        var info = Path.Combine(_directory, "info");
        // Packages that can be installed for several architectures at once carry theirs in the file name.
        var qualified = Path.Combine(info, $"{package.Name}:{package.Architecture}.list");
        var list = File.Exists(qualified) ? qualified : Path.Combine(info, $"{package.Name}.list");
        return File.ReadLines(list).Where(path => path is not "/.");
    }

    /// <summary>Where a file of the package really lies: somewhere else when another package has diverted its name, see dpkg-divert(1).</summary>
    public string PlaceOf(HostPackage package, string path) =>
        _diversions.FirstOrDefault(d => d.From == path && d.By != package.Name)?.To ?? path;

    /// <summary>Links kept by update-alternatives(1), such as <c>/usr/bin/awk</c>, with the programs that can stand there, best first.</summary>
    public IEnumerable<(string Link, ImmutableArray<string> Candidates)> Alternatives()
    {
        var directory = Path.Combine(_directory, "alternatives");
        if (!Directory.Exists(directory)) return [];
        return Directory.EnumerateFiles(directory).Order(StringComparer.Ordinal)
            .SelectMany(file => AlternativesFile.Parse(File.ReadAllLines(file)));
    }
}
