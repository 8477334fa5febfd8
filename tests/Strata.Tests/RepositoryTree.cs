namespace Strata.Tests;

/// <summary>Finds files of the checkout from where a test was built.</summary>
public static class RepositoryTree
{
    /// <summary>The absolute path of a file or directory given relative to the root of the checkout.</summary>
    public static string Path(string relative)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "Strata.sln"))) return System.IO.Path.Combine(directory.FullName, relative);
        throw new DirectoryNotFoundException("the tests do not run from inside a checkout");
    }
}
