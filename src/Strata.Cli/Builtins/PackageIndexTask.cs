using Strata.Execution;
using Strata.Packaging;

namespace Strata.Cli.Builtins;

/// <summary>do_package_index: a feed of everything that the image could have installed, FORMAT/ARCHITECTURE/ each complete in itself.</summary>
internal static class PackageIndexTask
{
    public static async Task RunAsync(BuiltinContext context, CancellationToken cancel)
    {
        foreach (var format in new[] { FeedFormat.Deb, FeedFormat.Ipk })
        {
            var packages = context.InputsOf($"do_package_write_{format.Name}")
                .SelectMany(i => Directory.EnumerateFiles(i.Path, $"*.{format.Name}"))
                .GroupBy(f => Path.GetFileNameWithoutExtension(f).Split('_', 3)[^1], StringComparer.Ordinal);
            foreach (var architecture in packages.OrderBy(g => g.Key, StringComparer.Ordinal))
                await WriteAsync(context, format, Path.Combine(context.ArtifactDirectory, format.Name, architecture.Key), architecture, cancel);
        }
    }

    private static async Task WriteAsync(BuiltinContext context, FeedFormat format, string directory, IEnumerable<string> packages, CancellationToken cancel)
    {
        Directory.CreateDirectory(directory);
        foreach (var package in packages) File.Copy(package, Path.Combine(directory, Path.GetFileName(package)));
        new FeedIndex(format, context.Text("PACKAGE_FEED_LABEL"), context.Epoch).Write(directory);
        if (context.Text("PACKAGE_FEED_GPG_NAME") is { Length: > 0 } key) await SignAsync(context, format, directory, key, cancel);
        context.Log($"{format.Name}/{Path.GetFileName(directory)}: {Directory.GetFiles(directory, $"*.{format.Name}").Length} packages");
    }

    private static async Task SignAsync(BuiltinContext context, FeedFormat format, string directory, string key, CancellationToken cancel)
    {
        var signer = new FeedSigner(key, OrNull("GPG_PATH"), OrNull("PACKAGE_FEED_GPG_PASSPHRASE_FILE"));
        string? problem;
        try
        {
            problem = await signer.SignAsync(directory, format, context.Epoch, cancel);
        }
        catch (FileNotFoundException e)
        {
            problem = $"{e.Message}; install the package gnupg";
        }
        if (problem is not null) throw new TaskFailedException(PackagingRules.CannotSign(context.Task.Place, key, problem));

        string? OrNull(string variable) => context.Text(variable) is { Length: > 0 } text ? text : null;
    }
}
