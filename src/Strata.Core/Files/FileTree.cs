using System.Text;

namespace Strata.Core;

/// <summary>Directory trees as Strata handles them: symbolic links are entries and never followed.</summary>
public static class FileTree
{
    /// <summary>
    /// Removes the tree, read-only directories and names that are no text included; an absent tree is fine, and so is another
    /// process that removes it at the same time.
    /// </summary>
    /// <exception cref="IOException">Something in it cannot be removed.</exception>
    public static void Delete(string path) => RawDirectory.Delete(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(path)));
}
