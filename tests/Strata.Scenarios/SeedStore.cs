using Strata.Core;

namespace Strata.Scenarios;

/// <summary>A store that holds the imported host tools and nothing else, so that not every scenario imports them again.</summary>
internal static class SeedStore
{
    private static readonly Lazy<Task<string>> s_store = new(BuildAsync);

    public static async Task CopyToAsync(string store)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(store)!);
        // Links instead of copies: artifacts are read-only.
        await Tool.RunAsync("cp", "-al", await s_store.Value, store);
    }

    private static async Task<string> BuildAsync()
    {
        var top = Checkout.Path("build/scenario-seed");
        Directory.CreateDirectory(Path.Combine(top, "conf"));
        AtomicFile.WriteAllText(Path.Combine(top, "conf/bblayers.conf"),
            $"BBPATH = \"${{TOPDIR}}\"\nBBFILES ?= \"\"\nBBLAYERS = \"{Checkout.Path("meta-core")}\"\n");
        AtomicFile.WriteAllText(Path.Combine(top, "conf/local.conf"), "MACHINE ?= \"qemux86-64\"\nDISTRO ?= \"strata\"\n");
        (await new ScenarioWorkspace(top, null).Strata("build host-tools")).Succeeds();
        FileTree.Delete(Path.Combine(top, "build/cache/finished"));
        return Path.Combine(top, "build/cache");
    }
}
