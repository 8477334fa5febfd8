namespace Strata.Fetch;

/// <param name="Source">The entry of SRC_URI it comes from.</param>
/// <param name="Path">The patch on this machine, already unpacked.</param>
/// <param name="Strip">Leading parts of its file names to leave out.</param>
/// <param name="Directory">Where it applies: <c>patchdir</c>, relative to S unless absolute; empty for S itself.</param>
public sealed record PatchFile(SourceUri Source, string Path, int Strip, string Directory)
{
    public string Name => Source.Parameter("pname") ?? System.IO.Path.GetFileName(Path);
}
