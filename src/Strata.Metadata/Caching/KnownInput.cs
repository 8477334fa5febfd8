using System.Collections.Immutable;
using Strata.Core;
using Strata.Metadata.Evaluation;

namespace Strata.Metadata.Caching;

/// <summary>A path as a load saw it, to be compared with what is there now.</summary>
/// <param name="Content">Of the bytes; empty if they did not matter or there is no file.</param>
/// <param name="Problems">What is wrong with the text.</param>
internal sealed record KnownInput(string Path, InputUse Use, FileStamp Stamp, Digest Content, ImmutableArray<Diagnostic> Problems)
{
    public static KnownInput Of(InputFile file) => new(file.Path, file.Use, file.Stamp, file.Content, file.Problems);

    /// <summary>
    /// The same with the stamp of now, if nothing that mattered has changed. Reads the file only where the stamp does not decide: when
    /// it is another one, or so young that it might hide a change.
    /// </summary>
    /// <param name="seen">When the load that saw it began.</param>
    public KnownInput? Confirm(DateTimeOffset seen)
    {
        var stamp = FileStamp.Of(Path);
        if (stamp.IsPresent != Stamp.IsPresent) return null;
        if (!stamp.IsPresent || Use is InputUse.Existence) return this;
        if (stamp == Stamp && stamp.IsOlderThan(seen)) return this;
        return Use is InputUse.Content && stamp.IsFile && HasSameContent() ? this with { Stamp = stamp } : null;
    }

    /// <summary>The two are what one consistent state of the disk looks like.</summary>
    public bool AgreesWith(KnownInput other) => Use is InputUse.Existence || other.Use is InputUse.Existence
        ? Stamp.IsPresent == other.Stamp.IsPresent
        : Stamp == other.Stamp && (Use is not InputUse.Content || other.Use is not InputUse.Content || Content == other.Content);

    private bool HasSameContent()
    {
        try
        {
            using var stream = File.OpenRead(Path);
            return Digest.Of(stream) == Content;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
