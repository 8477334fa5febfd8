using Strata.Packaging;

namespace Strata.Tests.Packaging;

/// <content>Messages with their codes.</content>
public sealed partial class RootfsBuilderTests
{
    [Fact]
    public void Who_asks_for_a_package_that_is_not_there_gets_a_code()
    {
        Recipe("app", new PackageSpec { Name = "app", Files = ["/"], Depends = "libfo" });

        Assert.Null(Build(Request("app")));

        Assert.Equal("STR6030", Assert.Single(_diagnostics.Sorted()).Rule.Code);
    }

    [Fact]
    public void Who_ships_the_file_of_another_package_gets_a_code()
    {
        _scratch.Write("d-one/etc/file", "one");
        _scratch.Write("d-two/etc/file", "two");
        Recipe("one");
        Recipe("two");

        Assert.Null(Build(Request("one", "two")));

        Assert.Equal("STR6032", Assert.Single(_diagnostics.Sorted()).Rule.Code);
    }
}
