using System.Collections.Immutable;
using Strata.Cli.Answers;
using Strata.Core;

namespace Strata.Cli.Products;

/// <summary>The product files of a command line with everything they include, merged: later files win, and a file wins over what it includes.</summary>
/// <param name="TopRepository">Where includes of the first file start: the work tree of git that it lies in, or its directory.</param>
public sealed record ProductFiles(ImmutableArray<string> Files, string TopRepository)
{
    /// <exception cref="ProductException">The files do not lie in one repository.</exception>
    public static ProductFiles Of(string argument, string currentDirectory)
    {
        ImmutableArray<string> files = [.. argument.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(f => Path.GetFullPath(f, currentDirectory))];
        if (files is []) throw new ProductException(ProductRules.NotReadable(default, "no product file is named", "strata product show FILE"));
        var roots = files.Select(f => RootOf(Path.GetDirectoryName(f)!)).Distinct(StringComparer.Ordinal).ToArray();
        if (roots.Length > 1 && roots.Any(r => Path.Exists(Path.Combine(r, ".git"))))
            throw new ProductException(ProductRules.NotReadable(default, $"the files lie in different repositories: {string.Join(", ", roots)}", "include the one from the other with { repo: NAME, file: PATH }"));
        return new(files, roots[0]);
    }

    /// <summary>Reads the product as if it had no lock file.</summary>
    public bool IgnoreLock { get; init; }

    /// <summary>Beside the first file: <c>product.yml</c> has <c>product.lock.yml</c>.</summary>
    public string LockFile => Path.ChangeExtension(Files[0], $".lock{Path.GetExtension(Files[0])}");

    /// <summary>Merges what can be read now.</summary>
    /// <param name="repositories">Where checked-out repositories lie, by their keys.</param>
    /// <exception cref="ProductException">A file is wrong.</exception>
    public (ProductMap Product, ImmutableArray<ProductText> Missing) Merge(IReadOnlyDictionary<string, string> repositories)
    {
        var reading = new Reading(repositories);
        if (!IgnoreLock && File.Exists(LockFile)) reading.Include(LockFile, TopRepository, default, []);
        foreach (var file in Files) reading.Include(file, TopRepository, default, []);
        return (reading.Merged, [.. reading.Missing.DistinctBy(m => m.Value)]);
    }

    private static string RootOf(string directory)
    {
        for (var at = directory; at is not null; at = Path.GetDirectoryName(at))
            if (Path.Exists(Path.Combine(at, ".git"))) return at;
        return directory;
    }

    private sealed class Reading(IReadOnlyDictionary<string, string> repositories)
    {
        public ProductMap Merged { get; private set; } = ProductMap.Empty;

        /// <summary>Repositories that have to be checked out before everything can be read, where they are named.</summary>
        public List<ProductText> Missing { get; } = [];

        public void Include(string file, string root, SourceSpan at, ImmutableArray<string> open)
        {
            if (open.Contains(file)) throw new ProductException(ProductRules.Cycle(at, [.. open.SkipWhile(f => f != file), file]));
            if (Path.GetExtension(file) is not (".yml" or ".yaml" or ".json"))
                throw new ProductException(ProductRules.NotReadable(at, $"{file} is not called .yml, .yaml or .json", "rename it"));
            var content = ProductYaml.Read(file, at);
            ProductSchema.Require(content);
            foreach (var include in (content.Map("header").Find("includes") as ProductList)?.Items ?? []) Follow(include, file, root, open.Add(file));
            Merged = Merged.With(content);
        }

        private void Follow(ProductNode include, string from, string root, ImmutableArray<string> open)
        {
            if (include is ProductText path) Include(Local(path, from, root), root, path.Place, open);
            else if (include is ProductMap map && map.Find("repo") is ProductText repo && map.Find("file") is ProductText file)
            {
                if (repositories.TryGetValue(repo.Value, out var directory)) Include(Below(directory, file), directory, file.Place, open);
                else Missing.Add(repo);
            }
        }

        /// <summary>Relative to the repository; old files mean their own directory.</summary>
        private static string Local(ProductText path, string from, string root)
        {
            var named = Below(root, path);
            if (File.Exists(named)) return named;
            var beside = Path.GetFullPath(path.Value, Path.GetDirectoryName(from)!);
            return File.Exists(beside) && Paths.IsBelow(beside, root) ? beside : named;
        }

        private static string Below(string root, ProductText path)
        {
            var full = Path.GetFullPath(path.Value, root);
            return Paths.IsBelow(full, root) ? full : throw new ProductException(ProductRules.Escape(path.Place, path.Value, root));
        }
    }
}
