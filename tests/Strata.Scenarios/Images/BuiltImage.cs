using Strata.Core;

namespace Strata.Scenarios.Images;

/// <summary>target-image for one machine, built once in the workspace of the checkout and shared by the tests of that machine.</summary>
public abstract class BuiltImage(string machine) : IAsyncLifetime
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("strata-image-").FullName;

    public string Machine => machine;

    public string Name => $"target-image-{machine}";

    public string Images => Checkout.Path($"build/tmp/deploy/images/{machine}");

    public string Licenses => Checkout.Path($"build/tmp/deploy/licenses/{Name}");

    public string OciLayout => Path.Combine(Images, $"{Name}.oci");

    /// <summary>The root file system, unpacked; tests may write to it.</summary>
    public string Rootfs => Path.Combine(_scratch, "rootfs");

    public string Scratch => _scratch;

    public ScenarioWorkspace Workspace { get; } = new(Checkout.Path("."), null) { Environment = { ["MACHINE"] = machine } };

    public async ValueTask InitializeAsync()
    {
        (await Workspace.Strata("build target-image", TestContext.Current.CancellationToken)).Succeeds();
        Directory.CreateDirectory(Rootfs);
        await Tool.RunAsync("tar", "-xzf", Path.Combine(Images, $"{Name}.rootfs.tar.gz"), "-C", Rootfs);
    }

    public ValueTask DisposeAsync()
    {
        FileTree.Delete(_scratch);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

public sealed class Arm64Image() : BuiltImage("qemuarm64");

public sealed class X64Image() : BuiltImage("qemux86-64");
