using System.Collections.Immutable;
using Strata.Cli;
using Strata.Core;

namespace Strata.Tests.Cli;

/// <summary>A workspace of meta-core, meta-three and a product layer above them, in which commands run as they do for a user.</summary>
public sealed class CliWorkspace : IDisposable
{
    public CliWorkspace()
    {
        Top = Directory.CreateTempSubdirectory("strata-cli-").FullName;
        foreach (var file in Directory.EnumerateFiles(Checkout("tests/workspaces/meta-three"), "*", SearchOption.AllDirectories))
            Write(Path.Combine("meta-three", Path.GetRelativePath(Checkout("tests/workspaces/meta-three"), file)), File.ReadAllText(file));
        Write("conf/bblayers.conf", $"# our layers\nBBPATH = \"${{TOPDIR}}\"\nBBFILES ?= \"\"\nBBLAYERS ?= \" \\\n    {Checkout("meta-core")} \\\n    ${{TOPDIR}}/meta-three \\\n    ${{TOPDIR}}/meta-product \\\n\"\n");
        Write("conf/local.conf", "MACHINE ?= \"qemux86-64\"\nDISTRO ?= \"strata\"\n");
        Write("meta-product/conf/layer.conf", """
            BBPATH .= ":${LAYERDIR}"
            BBFILES += "${LAYERDIR}/recipes-*/*/*.bb ${LAYERDIR}/recipes-*/*/*.bbappend"
            BBFILE_COLLECTIONS += "product"
            BBFILE_PATTERN_product = "^${LAYERDIR}/"
            BBFILE_PRIORITY_product = "9"
            LAYERDEPENDS_product = "core three"
            LAYERSERIES_COMPAT_product = "bedrock"

            """);
        Write("meta-product/recipes-product/app/app-native_%.bbappend", """
            COLOUR = "grey"
            COLOUR:append = " sky"
            COLOUR:class-native = "blue"
            COLOUR:mips = "red"
            CFLAGS:append = " -DPRODUCT"

            """);
    }

    public string Top { get; }

    public static string Checkout(string relative)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "Strata.sln"))) return Path.Combine(directory.FullName, relative);
        throw new DirectoryNotFoundException("the tests do not run from inside a checkout");
    }

    public void Dispose() => FileTree.Delete(Top);

    public void Write(string file, string text)
    {
        var path = Path.Combine(Top, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(Top, file));

    /// <summary>Words as a shell would split them; none of them holds a blank.</summary>
    public async Task<CliRun> Strata(string arguments, params (string Name, string Value)[] environment)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new CommandContext
        {
            Output = output,
            Error = error,
            IsTerminal = false,
            CurrentDirectory = Top,
            Environment = environment.ToImmutableSortedDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal),
        };
        var code = await CommandLineInterface.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), context, CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }
}
