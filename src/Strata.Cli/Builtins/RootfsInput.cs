using Strata.Execution;

namespace Strata.Cli.Builtins;

/// <summary>The root file system that an image task starts from.</summary>
internal static class RootfsInput
{
    /// <summary>Directory of the artifact with rootfs.tar and rootfs.json.</summary>
    public static string Of(BuiltinContext context) => context.InputsOf("do_rootfs").First(i => i.Recipe == context.Task.RecipeName).Path;
}
