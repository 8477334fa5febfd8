using Strata.Core;

namespace Strata.Packaging;

/// <summary>A path of an image.</summary>
/// <param name="Path">Absolute, as in a running container.</param>
/// <param name="Size">Bytes of content; zero for what is no regular file.</param>
/// <param name="Layer">Number of the image layer, from 0, the lowest.</param>
/// <param name="Identity">Of everything about it but its time: kind, mode, owner, content or target.</param>
public sealed record ImageFile(string Path, long Size, int Layer, Digest Identity);
