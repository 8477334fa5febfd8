using Strata.Core;

namespace Strata.Cache;

/// <param name="Path">Relative to the tree, with slashes.</param>
/// <param name="Mode">Permission bits as the store keeps them; see <see cref="Modes"/>.</param>
/// <param name="Size">Bytes of a file; 0 for everything else.</param>
/// <param name="LinkTarget">Of a symbolic link; else null.</param>
/// <param name="Inode">With <paramref name="Links"/>: which files are hard links of each other.</param>
internal sealed record TreeEntry(string Path, FileType Type, int Mode, long Size, string? LinkTarget, ulong Inode, uint Links);
