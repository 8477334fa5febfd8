using System.Collections.Immutable;
using System.Globalization;
using Strata.Core;

namespace Strata.Fetch;

/// <summary>The patches among the sources of a recipe, in the order of SRC_URI; what counts as a patch is as in BitBake's patch class.</summary>
public sealed record PatchSeries(SourceSpan Place, ImmutableArray<PatchFile> Patches)
{
    private static readonly string[] s_compressions = [".gz", ".bz2", ".xz", ".Z"];

    /// <summary>Null when a parameter is wrong; every problem is reported.</summary>
    /// <param name="directory">UNPACKDIR on this machine, where the unpack task has put the patches.</param>
    public static PatchSeries? Of(SourcePlan plan, string directory, Diagnostics diagnostics)
    {
        var patches = ImmutableArray.CreateBuilder<PatchFile>();
        var complete = true;
        foreach (var source in plan.Sources.Where(IsPatch))
        {
            var level = source.Uri.Parameter("striplevel") ?? source.Uri.Parameter("pnum") ?? "1";
            if (int.TryParse(level, NumberStyles.None, CultureInfo.InvariantCulture, out var strip))
                patches.Add(new(source.Uri, PathOf(source, directory), strip, source.Uri.Parameter("patchdir") ?? ""));
            else
            {
                diagnostics.Add(FetchRules.BadPatchLevel(plan.Place, source.Uri, "striplevel", level));
                complete = false;
            }
        }
        return complete ? new(plan.Place, patches.ToImmutable()) : null;
    }

    /// <summary>By its extension, or as its parameter <c>apply</c> says.</summary>
    public static bool IsPatch(PinnedSource source)
    {
        if (source is PinnedGit || (source is LocalFile local && System.IO.Directory.Exists(local.Path))) return false;
        return source.Uri.Flag("apply", otherwise: Path.GetExtension(PlainName(source)) is ".patch" or ".diff");
    }

    private static string PlainName(PinnedSource source)
    {
        var name = source.Uri.FileName;
        return s_compressions.Contains(Path.GetExtension(name)) ? Path.GetFileNameWithoutExtension(name) : name;
    }

    private static string PathOf(PinnedSource source, string directory)
    {
        // The layer's own file, unless it had to be unpacked: an error then names what the user has to edit.
        var (name, plain) = (source.Uri.FileName, PlainName(source));
        if (source is LocalFile local && name == plain) return local.Path;
        return Path.Combine(directory, source.Uri.Parameter("subdir") ?? "", plain);
    }
}
