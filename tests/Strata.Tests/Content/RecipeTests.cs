using System.Collections.Immutable;
using Strata.Compliance;
using Strata.Core;
using Strata.Graph;
using Strata.Metadata;

namespace Strata.Tests.Content;

/// <summary>Every recipe of meta-core and meta-examples, without building any.</summary>
public sealed class RecipeTests
{
    [Theory]
    [InlineData("qemuarm64", "musl", "debian")]
    [InlineData("qemuarm64", "glibc", "debian")]
    [InlineData("qemux86-64", "musl", "debian")]
    [InlineData("qemux86-64", "glibc", "debian")]
    [InlineData("qemuarm", "musl", "debian")]
    [InlineData("qemuriscv64", "glibc", "debian")]
    [InlineData("raspberrypi4-64", "musl", "debian")]
    [InlineData("qemuarm64", "musl", "llvm")]
    [InlineData("qemux86-64", "glibc", "llvm")]
    [InlineData("qemuarm64", "musl", "source")]
    [InlineData("qemux86-64", "glibc", "source")]
    [InlineData("qemuarm", "musl", "source")]
    [InlineData("qemuriscv64", "glibc", "source")]
    public void Everything_that_fits_a_machine_can_be_planned_without_a_complaint(string machine, string library, string toolchain)
    {
        var diagnostics = new Diagnostics();
        var metadata = Load(machine, library, toolchain, diagnostics);
        var targets = metadata.Recipes.Where(r => r.SkipReason is null).Select(r => r.Name).ToImmutableArray();

        var graph = GraphBuilder.Build(metadata, targets, diagnostics, CancellationToken.None);
        Assert.Empty(diagnostics.Sorted());
        Assert.NotNull(graph);
        Assert.Contains("target-image", targets);
        Assert.Contains("fmt", targets);
    }

    [Fact]
    public void Every_recipe_says_what_it_is_under_which_licence_and_from_where()
    {
        var diagnostics = new Diagnostics();
        foreach (var recipe in Load("qemuarm64", "glibc", "debian", diagnostics).Recipes)
        {
            var license = Value("LICENSE");
            Assert.False(Value("SUMMARY").Length == 0 || Value("SUMMARY") == recipe.Name, $"{recipe}: SUMMARY");
            if (license == "CLOSED") continue;
            Assert.NotNull(LicenseExpression.Parse(license, new(recipe.File), diagnostics));
            Assert.True(Value("LIC_FILES_CHKSUM").Length > 0 || recipe.Tasks.All(t => t.Name != "do_populate_lic"), $"{recipe}: LIC_FILES_CHKSUM");
            if (Value("SRC_URI").Contains("://", StringComparison.Ordinal) && Value("SRC_URI").Contains("http", StringComparison.Ordinal))
                Assert.True(recipe.Variables.GetFlag("SRC_URI", "sha256sum") is { Length: 64 }, $"{recipe}: SRC_URI[sha256sum]");

            string Value(string name) => recipe.Variables.Get(name) ?? "";
        }
        Assert.Empty(diagnostics.Sorted());
    }

    private static LoadedMetadata Load(string machine, string library, string toolchain, Diagnostics diagnostics)
    {
        var request = new MetadataRequest
        {
            TopDirectory = RepositoryTree.Path("."),
            Variables = ImmutableSortedDictionary<string, string>.Empty
                .Add("BUILD_ARCH", "x86_64").Add("MACHINE", machine).Add("TCLIBC", library).Add("TCMODE", toolchain),
            Threads = Environment.ProcessorCount,
        };
        var metadata = MetadataLoader.Load(request, diagnostics, CancellationToken.None);
        Assert.Empty(diagnostics.Sorted());
        return metadata;
    }
}
