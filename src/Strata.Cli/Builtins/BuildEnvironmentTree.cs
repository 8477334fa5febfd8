using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Strata.Cache;
using Strata.Cli.HostTools;
using Strata.Core;
using Strata.Execution;
using Strata.Fetch;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>Unpacks a pinned root file system into the artifact that is the root of every sandbox.</summary>
internal sealed class BuildEnvironmentTree(SourceTools sources, BuildEnvironment environment, BuiltinContext context)
{
    /// <summary>A sandbox has its own of these.</summary>
    private static readonly string[] s_left = ["dev", "proc", "sys", "run", "tmp", "build"];

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <exception cref="TaskFailedException">It cannot be had, or is not what its digest says.</exception>
    public async Task UnpackAsync(CancellationToken cancel)
    {
        try
        {
            if (environment.IsImage) await UnpackImageAsync(cancel);
            else await ExtractAsync(await ArchiveAsync(cancel), cancel);
        }
        catch (ImageException e)
        {
            throw new TaskFailedException(e.Diagnostic with { Place = context.Task.Place });
        }
    }

    private async Task<string> ArchiveAsync(CancellationToken cancel)
    {
        const string Local = "file://";
        if (environment.Address.StartsWith(Local, StringComparison.Ordinal))
        {
            var file = environment.Address[Local.Length..];
            if (!File.Exists(file)) throw Unusable("there is no such file");
            return Digest.OfFile(file) is var found && found == environment.Digest ? file : throw Unusable($"its digest is {found}");
        }
        if (!SourceUri.TryParse(environment.Address, out var uri, out var problem)) throw Unusable(problem);
        var outcome = await sources.Fetcher.FetchAsync(new PinnedFile(uri, environment.Digest) { Secrets = SourceSecrets.All }, context.Task.Place, p => context.Progress(p.What, p.Done, p.Total), cancel);
        return outcome is FetchOutcome.Unavailable unavailable ? throw new TaskFailedException(unavailable.Problem) : sources.Blobs.PathOf(environment.Digest);
    }

    private async Task UnpackImageAsync(CancellationToken cancel)
    {
        using var client = HttpExchange.Client(s_patience);
        var (mirror, remote) = Stores(client);
        var platform = OciPlatform.Of(RuntimeInformation.OSArchitecture is Architecture.Arm64 ? "aarch64" : "x86_64");
        var image = await BaseImage.FindAsync(mirror, remote, environment.Digest, platform, environment.Address, cancel);
        var file = context.HostPath($"{context.Task.WorkDirectory}/layer.tar");
        foreach (var layer in image.Manifest.Blobs.Skip(1))   // the first one is the configuration
        {
            await using (var blob = await mirror.OpenBlobAsync(layer, cancel))
            await using (var copy = File.Create(file)) await blob.CopyToAsync(copy, cancel);
            if (Digest.OfFile(file).ToString() != layer.Digest) throw Unusable($"the bytes of {layer.Digest} are others");
            RemoveHidden((await TarAsync(["--list", "--quoting-style=literal", "--show-transformed-names", "-f", file], cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            await ExtractAsync(file, cancel);
        }
        File.Delete(file);
    }

    /// <summary>Where the image lies, and who is asked for what is missing there; a registry's images are kept among the downloads.</summary>
    private (ImageStore Mirror, ImageStore? Remote) Stores(HttpClient client)
    {
        if (LayoutImages.Exists(environment.Address)) return (new LayoutImages(environment.Address), null);
        return ImageReference.TryParse($"{environment.Address}@{environment.Digest}", out var reference)
            ? (sources.ImageMirror, sources.NoNetwork ? null : new RegistryImages(client, reference, sources.Environment))
            : throw Unusable("this is neither a registry's image nor a directory with an image layout");
    }

    /// <summary>What an image layer takes away from those below it. A link on the way to a member could lead out of the tree, so none that might is followed.</summary>
    private void RemoveHidden(IEnumerable<string> members)
    {
        const string Whiteout = ".wh.", Opaque = ".wh..wh..opq";
        foreach (var member in members.Select(m => m.Trim('/')).Select(m => m.StartsWith("./", StringComparison.Ordinal) ? m[2..] : m))
        {
            var (parent, name) = (Path.GetDirectoryName(member) ?? "", Path.GetFileName(member));
            var directory = Follow(parent);
            if (!name.StartsWith(Whiteout, StringComparison.Ordinal) || !Directory.Exists(directory)) continue;
            if (name != Opaque) FileTree.Delete(Path.Combine(directory, name[Whiteout.Length..]));
            else foreach (var entry in Directory.EnumerateFileSystemEntries(directory)) FileTree.Delete(entry);
        }
    }

    private string Follow(string parent)
    {
        var at = context.ArtifactDirectory;
        foreach (var step in parent.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = Path.Combine(at, step);
            if (step == ".." || new FileInfo(at).LinkTarget is ['/', ..] or ['.', '.', ..]) throw Unusable($"an image layer writes through the link {parent}");
        }
        return at;
    }

    private async Task ExtractAsync(string archive, CancellationToken cancel)
    {
        var left = s_left.SelectMany(d => new[] { $"--exclude={d}/*", $"--exclude=./{d}/*" });
        _ = await TarAsync(["--extract", "--anchored", "--no-same-owner", .. left, "--no-anchored", "--exclude=.wh.*", "--directory", context.ArtifactDirectory, "-f", archive], cancel);
    }

    /// <summary>Its tar knows every compression, and follows no link that it has just made.</summary>
    private async Task<string> TarAsync(ImmutableArray<string> arguments, CancellationToken cancel)
    {
        var outcome = await ProcessRunner.RunAsync(new() { Command = ["tar", .. arguments] }, cancel);
        return outcome.Succeeded ? outcome.Output : throw Unusable($"tar says: {outcome.Error.Trim()}");
    }

    private TaskFailedException Unusable(string cause) => new(CliRules.EnvironmentUnusable(context.Task.Place, environment.Address, cause));
}
