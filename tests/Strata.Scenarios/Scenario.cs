using Strata.Core;

namespace Strata.Scenarios;

/// <summary>A temporary workspace in which the real executable runs, as a user would run it.</summary>
public abstract class Scenario(ITestOutputHelper output) : IDisposable
{
    private readonly List<string> _temporary = [];

    public void Dispose()
    {
        foreach (var directory in _temporary) FileTree.Delete(directory);
        GC.SuppressFinalize(this);
    }

    /// <summary>An empty directory that is removed after the test.</summary>
    protected string TemporaryDirectory()
    {
        var directory = Directory.CreateTempSubdirectory("strata-scenario-").FullName;
        _temporary.Add(directory);
        return directory;
    }

    /// <summary>A workspace whose layers are meta-core and one of <c>tests/workspaces</c>.</summary>
    protected async Task<ScenarioWorkspace> WorkspaceFrom(string layer)
    {
        var top = TemporaryDirectory();
        CopyTree(Checkout.Path($"tests/workspaces/{layer}"), Path.Combine(top, layer));
        Directory.CreateDirectory(Path.Combine(top, "conf"));
        File.WriteAllText(Path.Combine(top, "conf/bblayers.conf"),
            $"BBPATH = \"${{TOPDIR}}\"\nBBFILES ?= \"\"\nBBLAYERS = \"{Checkout.Path("meta-core")} ${{TOPDIR}}/{layer}\"\n");
        File.WriteAllText(Path.Combine(top, "conf/local.conf"), "MACHINE ?= \"qemux86-64\"\nDISTRO ?= \"strata\"\n");
        await SeedStore.CopyToAsync(Path.Combine(top, "build/cache"));
        return new(top, output);
    }

    /// <summary>A workspace with nothing but a shell and the class <c>chain</c>: builds in it take moments and need no compiler.</summary>
    /// <param name="recipes">Name and text of each; more than one line needs a class.</param>
    protected ScenarioWorkspace ShellWorkspace(params ReadOnlySpan<(string Name, string Text)> recipes)
    {
        var top = TemporaryDirectory();
        CopyTree(Checkout.Path("tests/workspaces/meta-shell"), Path.Combine(top, "meta-shell"));
        Directory.CreateDirectory(Path.Combine(top, "conf"));
        File.WriteAllText(Path.Combine(top, "conf/bblayers.conf"), "BBPATH = \"${TOPDIR}\"\nBBFILES ?= \"\"\nBBLAYERS = \"${TOPDIR}/meta-shell\"\n");
        File.WriteAllText(Path.Combine(top, "conf/local.conf"), "");
        foreach (var (name, text) in recipes) File.WriteAllText(Path.Combine(top, $"meta-shell/recipes/{name}_1.0.bb"), text);
        return new(top, output);
    }

    private static void CopyTree(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
