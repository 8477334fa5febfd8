using Strata.Cli.Layers;
using Strata.Core;

namespace Strata.Tests.Cli;

/// <summary>conf/bblayers.conf in the forms that people write it.</summary>
public sealed class LayerListTests : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("strata-list-").FullName;

    public void Dispose() => FileTree.Delete(_top);

    [Theory]
    [InlineData("BBLAYERS = \"a b\"\n", "BBLAYERS = \"a b ${TOPDIR}/meta-x\"\n")]
    [InlineData("BBLAYERS = \"\"\n", "BBLAYERS = \"${TOPDIR}/meta-x\"\n")]
    [InlineData("BBLAYERS ?= '\\\n\ta \\\n\tb'\n", "BBLAYERS ?= '\\\n\ta \\\n\tb \\\n\t${TOPDIR}/meta-x'\n")]
    [InlineData("BBLAYERS = \" \\\n  a \\\n  b \\\n  \"\nX = \"1\"\n", "BBLAYERS = \" \\\n  a \\\n  b \\\n  ${TOPDIR}/meta-x \\\n  \"\nX = \"1\"\n")]
    [InlineData("BBLAYERS = \"a\"\n# BBLAYERS = \"old\"\nBBLAYERS += \"b\"\n", "BBLAYERS = \"a\"\n# BBLAYERS = \"old\"\nBBLAYERS += \"b ${TOPDIR}/meta-x\"\n")]
    [InlineData("require other.conf\n", "require other.conf\nBBLAYERS += \"${TOPDIR}/meta-x\"\n")]
    public void A_layer_comes_and_goes_and_nothing_else_changes(string before, string after)
    {
        var list = Write(before);
        list.Add(Path.Combine(_top, "meta-x"));
        Assert.Equal(after, list.Read());

        Assert.True(list.Remove(Path.Combine(_top, "meta-x")));
        Assert.Equal(before.StartsWith("require", StringComparison.Ordinal) ? before + "BBLAYERS += \"\"\n" : before, list.Read());
        Assert.False(list.Remove(Path.Combine(_top, "meta-x")));
    }

    [Fact]
    public void An_entry_is_found_however_it_is_written()
    {
        var list = Write($"BBLAYERS = \"{_top}/meta-x/ ${{TOPDIR}}/../else\"\n");

        Assert.True(list.Remove(Path.Combine(_top, "meta-x")));
        Assert.True(list.Remove(Path.Combine(Path.GetDirectoryName(_top)!, "else")));
        Assert.Equal("BBLAYERS = \"\"\n", list.Read());
    }

    private LayerList Write(string text)
    {
        Directory.CreateDirectory(Path.Combine(_top, "conf"));
        File.WriteAllText(Path.Combine(_top, "conf/bblayers.conf"), text);
        return new(_top);
    }
}
