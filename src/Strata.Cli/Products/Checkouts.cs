using System.Collections.Immutable;
using Strata.Fetch;

namespace Strata.Cli.Products;

/// <summary>Brings the repositories of a product to what it says: everything is fetched first, then work trees change.</summary>
internal sealed class Checkouts(ProductPlaces places, CheckoutSettings settings, CommandContext context)
{
    private readonly GitCheckouts _git = new(OptionsOf(places, context));
    private readonly GitSignatures _signatures = new(OptionsOf(places, context));

    /// <exception cref="ProductException">A repository cannot be had, or its layers are not in it.</exception>
    public async Task<ImmutableArray<ResolvedRepository>> PlaceAsync(ImmutableArray<ProductRepository> repositories, CancellationToken cancel)
    {
        var resolved = ImmutableArray.CreateBuilder<ResolvedRepository>();
        foreach (var repository in repositories) resolved.Add(new(repository, await FetchAsync(repository, cancel)));
        foreach (var one in InOrder(resolved.ToImmutable())) await PlaceAsync(one, repositories, cancel);
        foreach (var (repository, layer) in repositories.SelectMany(r => r.Layers.Select(l => (r, l))))
        {
            var directory = Path.Combine(repository.Path, layer.Name);
            if (!File.Exists(Path.Combine(directory, "conf", "layer.conf")))
                throw new ProductException(ProductRules.NoLayer(layer.Place, layer.Name.Length == 0 ? repository.Key : layer.Name, directory));
        }
        return resolved.ToImmutable();
    }

    /// <summary>A checkout to read product files from: what is there will do if it stands on the right commit, with patches or without.</summary>
    /// <param name="known">Where the keys of its signers may lie.</param>
    public async Task PlaceForIncludesAsync(ProductRepository repository, ImmutableArray<ProductRepository> known, CancellationToken cancel)
    {
        if (await FetchAsync(repository, cancel) is not { } revision) return;
        // A key is in a repository that proves itself some other way: keys that wait for each other are found when all is placed.
        foreach (var keys in known.Where(k => k.AllowedSigners is [] && repository.AllowedSigners.Any(s => s.Repository == k.Key))) await PlaceForIncludesAsync(keys, known, cancel);
        await VerifyAsync(repository, revision, known, cancel);
        var state = await _git.StateAsync(repository.Path, cancel);
        if (state is CheckoutState.Present { Record: { } record } present && record.Base == revision && present.Head == record.Head) return;
        await PlaceAsync(Request(repository, revision, []), state, repository, cancel);
    }

    /// <returns>The commit to check out, which is in its mirror then; null for a repository without an address.</returns>
    private async Task<string?> FetchAsync(ProductRepository repository, CancellationToken cancel)
    {
        if (repository.Url is null) return null;
        try
        {
            var revision = repository.Commit ?? await ResolveAsync(repository, cancel);
            await _git.FetchAsync(RepositoryUrl.Pinned(repository, places.Work, revision), cancel);
            return revision;
        }
        catch (SourceException e)
        {
            throw new ProductException(ProductRules.SourceFailed(repository.PinPlace, repository.Key, e.Problem));
        }
    }

    private async Task<string> ResolveAsync(ProductRepository repository, CancellationToken cancel)
    {
        if (!settings.Update && CheckoutRecord.Read(repository.Path) is { } record && record.Asked == repository.Asked) return record.Base;
        var source = RepositoryUrl.Pinned(repository, places.Work, null);
        var name = repository.Branch is { } branch ? branch : repository.Tag ?? "HEAD";
        var asked = repository is { Branch: { } head, BranchMayBeTag: false } && !head.StartsWith("refs/", StringComparison.Ordinal) ? $"refs/heads/{head}" : name;
        return await _git.ResolveAsync(source.Uri, asked, cancel) ?? throw new ProductException(ProductRules.NoRevision(repository.PinPlace, name, source.Uri.Address));
    }

    /// <summary>Those that others take their patches and keys from come first.</summary>
    private static IEnumerable<ResolvedRepository> InOrder(ImmutableArray<ResolvedRepository> all)
    {
        var (waiting, placed) = (all.ToList(), new HashSet<string>(StringComparer.Ordinal));
        while (waiting.Count > 0)
        {
            var next = waiting.Find(w => w.Repository.Patches.All(p => placed.Contains(p.Repository)) && w.Repository.AllowedSigners.All(s => placed.Contains(s.Repository)))
                ?? throw Circle(waiting[0].Repository);
            waiting.Remove(next);
            placed.Add(next.Repository.Key);
            yield return next;
        }
    }

    private static ProductException Circle(ProductRepository first) => first.Patches is [var patch, ..]
        ? new(ProductRules.Patch(patch.Place, first.Key, patch.Name, $"it comes from '{patch.Repository}', which itself waits for patches or keys"))
        : new(ProductRules.Signature(first.AllowedSigners[0].Place, first.Key, $"the key comes from '{first.AllowedSigners[0].Repository}', which itself waits for patches or keys", "keep keys in a repository that needs neither, such as the product's own"));

    /// <exception cref="ProductException">The commit, or the tag that names it, is not signed by somebody who may.</exception>
    private async Task VerifyAsync(ProductRepository repository, string revision, ImmutableArray<ProductRepository> all, CancellationToken cancel)
    {
        if (repository.AllowedSigners is []) return;
        var keys = repository.AllowedSigners.Select(s => new SigningKey(s.Name, s.IsSsh, Path.Combine(all.Single(r => r.Key == s.Repository).Path, s.Path), s.Fingerprint));
        if (await _signatures.WhyNotAsync(RepositoryUrl.Pinned(repository, places.Work, revision), [.. keys], cancel) is { } reason)
            throw new ProductException(ProductRules.Signature(repository.AllowedSigners[0].Place, repository.Key, reason, "do not build it before you know why; its signers are listed here"));
    }

    private static FetchOptions OptionsOf(ProductPlaces places, CommandContext context) => new()
    {
        DownloadDirectory = places.Downloads,
        Environment = context.Environment,
        NoNetwork = Words.AreYes(context.Environment.GetValueOrDefault("BB_NO_NETWORK")),
    };

    private async Task PlaceAsync(ResolvedRepository one, ImmutableArray<ProductRepository> all, CancellationToken cancel)
    {
        if (one.Revision is not { } revision) return;
        await VerifyAsync(one.Repository, revision, all, cancel);
        var patches = PatchFiles.Of(one.Repository, all.ToDictionary(r => r.Key, r => r.Path, StringComparer.Ordinal));
        await PlaceAsync(Request(one.Repository, revision, patches), await _git.StateAsync(one.Repository.Path, cancel), one.Repository, cancel);
    }

    private async Task PlaceAsync(CheckoutRequest request, CheckoutState state, ProductRepository repository, CancellationToken cancel)
    {
        if (state is CheckoutState.Foreign) throw new ProductException(ProductRules.NoCheckout(repository.Place, repository.Path));
        if (!settings.Force && ReasonToLeaveAlone(request, state) is { } reason)
        {
            context.Error.WriteLine(ProductRules.LeftAlone(repository.Place, repository.Key, reason));
            return;
        }
        if (request.IsMetBy(state) && state is CheckoutState.Present { Changes: 0 }) return;
        try
        {
            ConfigurationFiles.Withdraw(places);
            await _git.PlaceAsync(request, cancel);
            context.Error.WriteLine($"checked out {repository.Key} at {request.Source.Revision}{(request.Patches is [] ? "" : $" with {request.Patches.Length} patches")}");
        }
        catch (PatchRefusedException e)
        {
            var patch = repository.Patches.LastOrDefault(p => e.Patch.Contains(p.Path, StringComparison.Ordinal)) ?? repository.Patches[0];
            throw new ProductException(ProductRules.Patch(patch.Place, repository.Key, patch.Name, e.Reason));
        }
    }

    private static string? ReasonToLeaveAlone(CheckoutRequest request, CheckoutState state) => state switch
    {
        CheckoutState.Present { Changes: > 0 and var changes } => $"{changes} of its files are changed or not in git",
        CheckoutState.Present { Record: { } record } present when present.Head != record.Head && !(request.Patches is [] && present.Head == request.Source.Revision) =>
            $"it stands on {present.Head}, where strata did not put it",
        _ => null,
    };

    private CheckoutRequest Request(ProductRepository repository, string revision, ImmutableArray<string> patches) =>
        new(RepositoryUrl.Pinned(repository, places.Work, revision), repository.Asked, repository.Path, patches, PatchFiles.DigestOf(patches));
}
