namespace Strata.Cli.Products;

/// <summary>The surroundings in which a product is built: its <c>env</c> is there and may reach the metadata.</summary>
internal static class ProductEnvironment
{
    private const string Additions = "BB_ENV_PASSTHROUGH_ADDITIONS";

    public static CommandContext With(CommandContext context, Product product)
    {
        var names = Words.Of(context.Environment.GetValueOrDefault(Additions)).Concat(product.Environment.Keys).Distinct(StringComparer.Ordinal);
        return context with
        {
            CurrentDirectory = product.Places.Build,
            Environment = context.Environment.SetItems(product.Environment).SetItem(Additions, string.Join(' ', names)),
        };
    }
}
