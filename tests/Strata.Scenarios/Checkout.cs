namespace Strata.Scenarios;

/// <summary>The checkout that the tests were built from, and the executable built with them.</summary>
public static class Checkout
{
    public static string Strata { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "strata");

    /// <summary>The absolute path of a file or directory given relative to the root of the checkout.</summary>
    public static string Path(string relative)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "Strata.sln"))) return System.IO.Path.Combine(directory.FullName, relative);
        throw new DirectoryNotFoundException("the tests do not run from inside a checkout");
    }
}
