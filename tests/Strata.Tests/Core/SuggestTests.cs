using Strata.Core;

namespace Strata.Tests.Core;

public sealed class SuggestTests
{
    [Theory]
    [InlineData("autotool", "autotools")]
    [InlineData("bussybox", "busybox")]
    [InlineData("entirely-different", null)]
    public void The_nearest_name_is_suggested_or_none(string typed, string? expected) =>
        Assert.Equal(expected, Suggest.Nearest(typed, ["autotools", "busybox", "cmake"]));
}
