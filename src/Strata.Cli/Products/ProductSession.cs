using System.Collections.Immutable;
using Strata.Core;

namespace Strata.Cli.Products;

/// <summary>One run of a command on a product: reads its files, checks out what they need, writes conf/.</summary>
internal sealed class ProductSession(ProductFiles files, ProductPlaces places, CheckoutSettings settings, CommandContext context)
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(5);

    private readonly Checkouts _checkouts = new(places, settings, context);

    public ProductFiles Files => files;

    /// <summary>Everything merged; repositories that are included from are checked out for it.</summary>
    /// <exception cref="ProductException">The product is wrong.</exception>
    public async Task<(Product Product, ProductMap Merged)> OpenAsync(CancellationToken cancel)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        while (true)
        {
            var (merged, missing) = files.Merge(paths);
            if (missing is [])
            {
                var product = Product.Of(merged, places, files.TopRepository, context.Environment);
                RefuseUnknownOverrides(merged, product);
                if (!files.IgnoreLock && merged.Entry("buildtools") is { } tools)
                    context.Error.WriteLine(ProductRules.Ignored(tools.At, tools.Key, "tasks see the programs of their sandbox and no others", "nothing has to be done; remove it where only Strata reads the file"));
                return (product, merged);
            }
            var known = new RepositoryReader(merged, places, files.TopRepository, new(context.Environment), isWhole: false).Read();
            foreach (var name in missing)
            {
                var repository = known.FirstOrDefault(r => r.Key == name.Value) ?? throw new ProductException(ProductRules.UnknownRepository(name.Place, name.Value, known.Select(r => r.Key)));
                await _checkouts.PlaceForIncludesAsync(repository, known, cancel);
                paths[name.Value] = repository.Path;
            }
        }
    }

    /// <summary>Checks everything out and writes conf/.</summary>
    /// <exception cref="ProductException">Something cannot be had; then there is no conf/ that could be built with.</exception>
    public async Task<ImmutableArray<ResolvedRepository>> CheckOutAsync(Product product, CancellationToken cancel)
    {
        var resolved = await _checkouts.PlaceAsync(product.Repositories, cancel);
        ConfigurationFiles.Write(product);
        return resolved;
    }

    /// <summary>
    /// A build that begins within a tick of the file system's clock after the checkout could not tell its files from files that are
    /// edited meanwhile, and would not be remembered. What a checkout writes last is conf/.
    /// </summary>
    public async Task UntilOlderAsync(CancellationToken cancel)
    {
        var latest = Path.Combine(places.Build, "conf", "bblayers.conf");
        while (!FileStamp.Of(latest).IsOlderThan(Clock.Now)) await Task.Delay(s_tick, cancel);
    }

    /// <summary>Pins of the repositories that the product itself does not pin.</summary>
    public async Task WriteLockAsync(ImmutableArray<ResolvedRepository> resolved, CancellationToken cancel)
    {
        var (unlocked, _) = await new ProductSession(files with { IgnoreLock = true }, places, settings with { Update = false }, context).OpenAsync(cancel);
        var open = unlocked.Repositories.Where(r => r is { Url: not null, Commit: null }).Select(r => r.Key).ToHashSet(StringComparer.Ordinal);
        AtomicFile.WriteAllText(files.LockFile, LockFile.Text(files.LockFile, resolved.Where(r => open.Contains(r.Repository.Key))));
    }

    private static void RefuseUnknownOverrides(ProductMap merged, Product product)
    {
        foreach (var entry in merged.Map("overrides").Map("repos").Entries.Where(e => product.Repositories.All(r => r.Key != e.Key)))
            throw new ProductException(ProductRules.UnknownRepository(entry.At, entry.Key, product.Repositories.Select(r => r.Key)));
    }
}
