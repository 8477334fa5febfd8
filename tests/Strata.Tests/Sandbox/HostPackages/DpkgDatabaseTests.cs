using Strata.Sandbox.HostPackages;

namespace Strata.Tests.Sandbox.HostPackages;

public sealed class DpkgDatabaseTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("strata-dpkg-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_closure_follows_dependencies_alternatives_and_virtual_packages()
    {
        var database = Database("""
            Package: app
            Status: install ok installed
            Version: 1.0-1
            Architecture: amd64
            Depends: libx:any (>= 2), missing | awk

            Package: libx
            Status: install ok installed
            Version: 2.0
            Architecture: amd64

            Package: mawk
            Status: install ok installed
            Version: 3.0
            Architecture: amd64
            Provides: awk

            Package: gone
            Status: deinstall ok config-files
            Version: 1
            Architecture: amd64

            """);
        var missing = new List<string>();

        var closure = database.Closure(["app", "gone"], missing);

        Assert.Equal(["app=1.0-1", "libx=2.0", "mawk=3.0"], closure.Select(p => p.ToString()));
        Assert.Equal(["gone"], missing);
    }

    [Fact]
    public void A_machine_without_dpkg_has_no_packages()
    {
        var missing = new List<string>();

        Assert.Empty(DpkgDatabase.Read(Path.Combine(_root, "nowhere")).Closure(["bash"], missing));
        Assert.Equal(["bash"], missing);
    }

    [Fact]
    public void The_imported_tree_of_this_machine_is_merged_and_holds_only_the_packages()
    {
        var database = DpkgDatabase.Read();
        var tree = Path.Combine(_root, "tree");

        var files = HostPackageImporter.Import(database, database.Closure(["bash", "coreutils"], []), tree, CancellationToken.None);

        Assert.True(files > 100);
        Assert.Equal("usr/bin", new FileInfo(Path.Combine(tree, "bin")).LinkTarget);
        Assert.True(File.Exists(Path.Combine(tree, "usr/bin/bash")));
        Assert.True(File.Exists(Path.Combine(tree, "usr/bin/ls")));
        Assert.Equal(["copyright"], Directory.EnumerateFiles(Path.Combine(tree, "usr/share/doc/bash")).Select(Path.GetFileName));
        Assert.False(File.Exists(Path.Combine(tree, "usr/bin/gcc")));
    }

    [Fact]
    public void A_diverted_file_is_taken_from_where_it_lies()
    {
        var original = Path.Combine(_root, "tool.original");
        File.WriteAllText(original, "mine");
        File.WriteAllText(Path.Combine(_root, "tool"), "the other package's");
        File.WriteAllLines(Path.Combine(_root, "diversions"), [Path.Combine(_root, "tool"), original, "other"]);
        Directory.CreateDirectory(Path.Combine(_root, "info"));
        foreach (var name in new[] { "app", "other" }) File.WriteAllLines(Path.Combine(_root, "info", $"{name}.list"), [Path.Combine(_root, "tool")]);
        var database = Database(string.Concat(new[] { "app", "other" }.Select(n => $"Package: {n}\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n\n")));

        Assert.Equal("mine", Imported("app"));
        Assert.Equal("the other package's", Imported("other"));

        string Imported(string name)
        {
            var tree = Path.Combine(_root, $"tree-{name}");
            HostPackageImporter.Import(database, database.Closure([name], []), tree, CancellationToken.None);
            return File.ReadAllText(tree + Path.Combine(_root, "tool"));
        }
    }

    private DpkgDatabase Database(string status)
    {
        File.WriteAllText(Path.Combine(_root, "status"), status);
        return DpkgDatabase.Read(_root);
    }
}
