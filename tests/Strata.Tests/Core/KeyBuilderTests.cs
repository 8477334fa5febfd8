using Strata.Core;

namespace Strata.Tests.Core;

public sealed class KeyBuilderTests
{
    [Fact]
    public void Moving_text_between_fields_changes_the_key() =>
        Assert.NotEqual(
            new KeyBuilder("test/1").Add("ab", "c").Build().Digest,
            new KeyBuilder("test/1").Add("a", "bc").Build().Digest);

    [Fact]
    public void The_order_of_adding_does_not_matter() =>
        Assert.Equal(
            new KeyBuilder("test/1").Add("a", "1").Add("b", "2").Build(),
            new KeyBuilder("test/1").Add("b", "2").Add("a", "1").Build());

    [Fact]
    public void A_field_added_twice_is_a_bug() =>
        Assert.Throws<ArgumentException>(() => new KeyBuilder("test/1").Add("a", "1").Add("a", "1"));
}
