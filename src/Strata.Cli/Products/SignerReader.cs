using System.Collections.Immutable;

namespace Strata.Cli.Products;

/// <summary>The entries below <c>signers:</c>, as far as a repository allows them.</summary>
internal sealed class SignerReader(ProductMap product)
{
    private readonly ProductMap _signers = product.Map("signers");

    /// <exception cref="ProductException">The repository is to be signed by nobody, or by somebody whose key is not known.</exception>
    public ImmutableArray<ProductSigner> AllowedBy(string repository, ProductMap map)
    {
        if (map.Find("signed") is not ProductText { SwitchesOff: false } signed) return [];
        if (map.Find("allowed_signers") is not ProductList { Items: [_, ..] names })
            throw new ProductException(ProductRules.Missing(signed.Place, $"signed repository '{repository}'", "allowed_signers", "list the names of entries below 'signers:' whose signature is accepted"));
        return [.. names.OfType<ProductText>().Select(name => Signer(repository, name))];
    }

    private ProductSigner Signer(string repository, ProductText name)
    {
        if (_signers.Find(name.Value) is not ProductMap signer)
            throw new ProductException(ProductRules.Signature(name.Place, repository, $"no signer is called '{name.Value}'", "add it below 'signers:', or correct the name"));
        if (signer.Text("type") is { } type and not ("gpg" or "ssh"))
            throw new ProductException(ProductRules.WrongShape(signer.Find("type")!.Place, "'type'", "gpg or ssh", "gpg is what is meant without it"));
        if (signer.Find("gpg_keyserver") is { } server)
            throw new ProductException(ProductRules.NotSupported(server.Place, "keys are not asked of key servers", "put the public key into a repository of the product and name it with 'repo:' and 'path:'"));
        var path = Required(signer, name.Value, "path", "name the file with the public key, relative to its repository");
        if (Path.IsPathRooted(path.Value) || path.Value.Split('/').Contains("..")) throw new ProductException(ProductRules.Escape(path.Place, path.Value, "the repository"));
        var from = Required(signer, name.Value, "repo", "name the repository that has the public key");
        if (from.Value == repository)
            throw new ProductException(ProductRules.Signature(from.Place, repository, "the key that is to prove it comes from itself", "keep the key in another repository, such as the product's own"));
        return new(name.Value, name.Place, signer.Text("type") == "ssh", from.Value, path.Value, signer.Text("fingerprint"));
    }

    private static ProductText Required(ProductMap signer, string name, string key, string hint) =>
        signer.Find(key) as ProductText ?? throw new ProductException(ProductRules.Missing(signer.At, $"signer '{name}'", key, hint));
}
