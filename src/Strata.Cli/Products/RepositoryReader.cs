using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Strata.Cli.Answers;
using Strata.Core;

namespace Strata.Cli.Products;

/// <summary>The entries below <c>repos:</c>, with defaults and overrides applied and everything checked that needs no checkout.</summary>
/// <param name="isWhole">False while includes are missing, which may bring the repositories that patches come from.</param>
internal sealed partial class RepositoryReader(ProductMap product, ProductPlaces places, string topRepository, PreMirrors mirrors, bool isWhole = true)
{
    private readonly ProductMap _defaults = product.Map("defaults").Map("repos");
    private readonly ProductMap _overrides = product.Map("overrides").Map("repos");
    private readonly SignerReader _signers = new(product);

    /// <exception cref="ProductException">With everything that is wrong.</exception>
    public ImmutableArray<ProductRepository> Read()
    {
        var problems = new List<Diagnostic>();
        var repositories = ImmutableArray.CreateBuilder<ProductRepository>();
        foreach (var entry in product.Map("repos").Entries)
        {
            try
            {
                repositories.Add(Read(entry));
            }
            catch (ProductException e)
            {
                problems.AddRange(e.Problems);
            }
        }
        problems.AddRange(from repository in repositories
                          from signer in repository.AllowedSigners
                          where isWhole && repositories.All(r => r.Key != signer.Repository)
                          select ProductRules.UnknownRepository(signer.Place, signer.Repository, repositories.Select(r => r.Key)));
        foreach (var patch in repositories.SelectMany(r => r.Patches).Where(p => isWhole && repositories.All(r => r.Key != p.Repository)).ToArray())
            problems.Add(ProductRules.UnknownRepository(patch.Place, patch.Repository, repositories.Select(r => r.Key)));
        return problems.Count == 0 ? repositories.ToImmutable() : throw new ProductException([.. problems]);
    }

    private ProductRepository Read(ProductEntry entry)
    {
        var map = entry.Value as ProductMap ?? ProductMap.Empty;
        RefuseUnsupported(map);
        var url = map.Text("url") is { } own ? mirrors.AddressOf(_overrides.Map(entry.Key).Text("url") ?? own) : null;
        var repository = new ProductRepository(entry.Key, entry.At, PathOf(entry, map), url)
        {
            Layers = LayersOf(entry, map),
            Patches = [.. map.Map("patches").Entries.Where(e => e.Value is ProductMap).OrderBy(e => e.Key, StringComparer.Ordinal).Select(Patch)],
        };
        return repository.Url is null ? repository : Pinned(repository with { AllowedSigners = _signers.AllowedBy(entry.Key, map) }, map);
    }

    private static void RefuseUnsupported(ProductMap map)
    {
        if (map.Find("type") is ProductText { Value: not "git" } type)
            throw new ProductException(ProductRules.NotSupported(type.Place, $"repositories of type '{type.Value}' cannot be checked out", "use a git repository, or check it out yourself and leave out 'url:'"));
    }

    private string PathOf(ProductEntry entry, ProductMap map)
    {
        var url = map.Find("url");
        if (map.Find("path") is not ProductText path && url is null) return topRepository;
        var named = map.Find("path") as ProductText ?? map.Find("name") as ProductText;
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(named?.Value ?? entry.Key, places.Work));
        var mayLieAnywhere = url is null || Path.IsPathRooted(named?.Value);
        return mayLieAnywhere || (Paths.IsBelow(full, places.Work) && full != places.Work) ? full
            : throw new ProductException(ProductRules.Escape(named?.Place ?? entry.At, named?.Value ?? entry.Key, places.Work));
    }

    private ProductRepository Pinned(ProductRepository repository, ProductMap map)
    {
        var (commit, branch, tag) = (map.Find("commit") as ProductText, OwnOrDefault(map, "branch"), OwnOrDefault(map, "tag"));
        if (map.Find("refspec") is null && _overrides.Map(repository.Key).Entry("branch") is { } other) branch = Named(other);
        var refspec = map.Find("refspec") as ProductText ?? (commit ?? branch ?? tag) switch { null => _defaults.Find("refspec") as ProductText, _ => null };
        if (refspec is not null && (commit ?? (ProductNode?)map.Find("branch") ?? map.Find("tag")) is { } pin)
            throw Conflict(refspec, $"repository '{repository.Key}' has both a refspec and another pin", pin, "remove 'refspec:', the older of the two ways");

        foreach (var name in new[] { branch, tag, refspec }.OfType<ProductText>().Where(n => !ReferenceName().IsMatch(n.Value))) throw new ProductException(ProductRules.BadName(name.Place, name.Value));

        // A branch of its own stands against the default tag and the other way round.
        if (branch is not null && tag is not null && map.Find("branch") is null) branch = null;
        if (branch is not null && tag is not null && map.Find("tag") is null) tag = null;
        if (branch is not null && tag is not null)
            throw Conflict(tag, $"repository '{repository.Key}' has both a branch and a tag", branch, "keep one of them; with 'commit:' beside it, it is checked");
        if (refspec is not null) (commit, branch) = WholeCommit().IsMatch(refspec.Value) ? (refspec, branch) : (null, refspec);

        commit = Override(repository.Key, commit);
        if (commit is not null && !WholeCommit().IsMatch(commit.Value)) throw new ProductException(ProductRules.Commit(commit.Place, commit.Value));
        return repository with { BranchMayBeTag = refspec is not null && branch == refspec, Commit = commit?.Value, Branch = branch?.Value, Tag = tag?.Value, PinPlace = (commit ?? branch ?? tag)?.Place ?? repository.Place };
    }

    private ProductText? Override(string key, ProductText? own)
    {
        if (_overrides.Map(key).Entry("commit") is not { } entry) return own;
        // An explicit null goes where the branch is.
        if (Named(entry) is not { } pin) return null;
        if (own is null || own.Value == pin.Value || !IsLockFile(pin.Place.File)) return pin;
        throw Conflict(pin, $"the lock file pins repository '{key}' to {pin.Value}, and the product to {own.Value}", own, "strata product update FILE writes the lock file anew");
    }

    private static bool IsLockFile(string file) => Path.GetFileNameWithoutExtension(file).EndsWith(".lock", StringComparison.Ordinal);

    private static ProductText? Named(ProductEntry entry) => entry.Value is ProductText { IsNull: false } name ? name : null;

    /// <summary>An explicit null in the repository takes the default away.</summary>
    private ProductText? OwnOrDefault(ProductMap map, string key) => (map.Entry(key) is null ? _defaults.Find(key) : map.Find(key)) as ProductText;

    private ImmutableArray<ProductLayer> LayersOf(ProductEntry repository, ProductMap map)
    {
        var entries = map.Map("layers").Entries;
        if (entries is []) return [new("", 0, repository.At)];
        return [.. entries.Where(e => e.Value is not ProductText { SwitchesOff: true }).Select(Layer)];
    }

    private static ProductLayer Layer(ProductEntry entry)
    {
        var name = Path.GetRelativePath("/", Path.GetFullPath("/" + entry.Key));
        if (Path.IsPathRooted(entry.Key) || entry.Key.Split('/').Contains("..")) throw new ProductException(ProductRules.Escape(entry.At, entry.Key, "the repository"));
        var order = entry.Value is ProductMap { } map && map.Text("prio") is { } prio ? int.Parse(prio, CultureInfo.InvariantCulture) : 0;
        return new(name == "." ? "" : name, order, entry.At);
    }

    private ProductPatch Patch(ProductEntry entry)
    {
        var map = (ProductMap)entry.Value;
        if (map.Find("path") is not ProductText path) throw new ProductException(ProductRules.Missing(entry.At, $"patch '{entry.Key}'", "path", "name the patch, relative to the repository that has it"));
        if (Path.IsPathRooted(path.Value) || path.Value.Split('/').Contains("..")) throw new ProductException(ProductRules.Escape(path.Place, path.Value, "the repository"));
        var repository = map.Text("repo") ?? _defaults.Map("patches").Text("repo")
            ?? throw new ProductException(ProductRules.Missing(entry.At, $"patch '{entry.Key}'", "repo", "name the repository that has it, here or below 'defaults: repos: patches:'"));
        return new(entry.Key, repository, path.Value, entry.At);
    }

    private static ProductException Conflict(ProductNode at, string what, ProductNode other, string hint) => new(ProductRules.Conflict(at.Place, what, other.Place, hint));

    /// <summary>Narrower than git: nothing that could be taken for an option or for a parameter of an address.</summary>
    [GeneratedRegex("^[A-Za-z0-9_.][A-Za-z0-9_./+@#-]*$")]
    private static partial Regex ReferenceName();

    [GeneratedRegex("^(?:[0-9a-f]{40}|[0-9a-f]{64})$")]
    private static partial Regex WholeCommit();
}
