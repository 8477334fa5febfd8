using System.Collections.Immutable;

namespace Strata.Cli.Products;

/// <summary>Where a product lies on this machine; absolute paths.</summary>
/// <param name="Work">Repositories are checked out below it.</param>
/// <param name="Build">The workspace that is made for the product; conf/ goes into it.</param>
/// <param name="Downloads">Holds the mirrors of repositories.</param>
public sealed record ProductPlaces(string Work, string Build, string Downloads)
{
    /// <summary>Beside the product file, unless KAS_WORK_DIR, KAS_BUILD_DIR and DL_DIR say otherwise.</summary>
    public static ProductPlaces Of(ProductFiles files, string? directory, CommandContext context)
    {
        var work = Full(directory ?? context.Environment.GetValueOrDefault("KAS_WORK_DIR"), Path.GetDirectoryName(files.Files[0])!);
        var build = Full(context.Environment.GetValueOrDefault("KAS_BUILD_DIR"), Path.Combine(work, "build"));
        return new(work, build, Full(context.Environment.GetValueOrDefault("DL_DIR"), Path.Combine(build, "build", "downloads")));

        string Full(string? named, string otherwise) => Path.TrimEndingDirectorySeparator(named is null ? otherwise : Path.GetFullPath(named, context.CurrentDirectory));
    }
}
