using Strata.Core;

namespace Strata.Cli.Products;

/// <summary>Which keys a product file may have, and what their values look like: kas's format, https://kas.readthedocs.io.</summary>
internal static class ProductSchema
{
    /// <summary>The last version of the format whose keys are all known here.</summary>
    public const int LatestVersion = 23;

    private static readonly Check s_boolean = Scalar("yes or no", t => t.IsBoolean, "write true or false, without quotes");
    private static readonly Check s_text = Scalar("a text", t => t.IsString, "put it in quotes");
    private static readonly Check s_textOrNothing = Scalar("a text or nothing", t => t.IsString || t.IsNull, "put it in quotes");
    private static readonly Check s_texts = MapOf(s_text);
    private static readonly Check s_patches = MapOf(Optional(Map(("repo", s_text), ("path", s_text))));
    private static readonly Check s_layers = MapOf(LayerValue);

    private static readonly Check s_repository = Map(
        ("name", s_text), ("url", s_textOrNothing), ("type", s_text), ("commit", s_text), ("branch", s_textOrNothing), ("tag", s_textOrNothing),
        ("refspec", s_text), ("signed", s_boolean), ("allowed_signers", ListOf(s_text)), ("path", s_textOrNothing), ("layers", Optional(s_layers)), ("patches", s_patches));

    private static readonly Check s_signer = Map(
        ("type", s_text), ("repo", s_text), ("path", s_text), ("fingerprint", s_text), ("gpg_keyserver", s_text));

    private static readonly Check s_file = Map(
        ("header", Map(("version", Anything), ("includes", ListOf(Include)))),
        ("build_system", s_text),
        ("defaults", Map(("repos", Map(("branch", s_text), ("tag", s_text), ("refspec", s_text), ("patches", Map(("repo", s_text))))))),
        ("overrides", Map(("repos", MapOf(Map(("commit", s_textOrNothing), ("branch", s_textOrNothing), ("url", s_text)))))),
        ("machine", s_text), ("distro", s_text), ("env", MapOf(s_textOrNothing)), ("target", TextOrList), ("task", s_text),
        ("repos", MapOf(Optional(s_repository))),
        ("bblayers_conf_header", s_texts), ("local_conf_header", s_texts),
        ("proxy_config", s_texts), ("menu_configuration", Anything), ("artifacts", Anything), ("signers", MapOf(s_signer)), ("buildtools", Anything),
        ("_source_dir", Anything), ("_source_dir_host", Anything));

    private delegate void Check(ProductNode node, string where, Diagnostics found);

    /// <exception cref="ProductException">With everything that is wrong in the file.</exception>
    public static void Require(ProductMap file)
    {
        var found = new Diagnostics();
        s_file(file, "a product file", found);
        if (file.Find("header") is null) found.Add(ProductRules.Missing(file.Place with { Line = 1 }, "the file", "header", "start it with: header: { version: 14 }"));
        else CheckVersion(file.Map("header"), found);
        if (found.HasErrors) throw new ProductException(found.Sorted());
    }

    private static void CheckVersion(ProductMap header, Diagnostics found)
    {
        var version = header.Find("version") as ProductText;
        if (version is null) found.Add(ProductRules.Missing(header.Place, "'header'", "version", "add to it: version: 14"));
        else if (version.Value != "0.10" && !(version.IsInteger && int.TryParse(version.Value, out var number) && number is >= 1 and <= LatestVersion))
            found.Add(ProductRules.Version(version.Place, version.Value, LatestVersion));
    }

    private static void Anything(ProductNode node, string where, Diagnostics found)
    {
    }

    private static Check Scalar(string expected, Func<ProductText, bool> fits, string hint) => (node, where, found) =>
    {
        if (node is not ProductText text || !fits(text)) found.Add(ProductRules.WrongShape(node.Place, where, expected, hint));
    };

    private static Check Optional(Check check) => (node, where, found) =>
    {
        if (node is not ProductText { IsNull: true }) check(node, where, found);
    };

    private static Check ListOf(Check item) => (node, where, found) =>
    {
        if (node is ProductList list) foreach (var element in list.Items) item(element, $"an item of {where}", found);
        else found.Add(ProductRules.WrongShape(node.Place, where, "a list", "a line for each item, beginning with '- '"));
    };

    private static Check MapOf(Check value) => (node, where, found) =>
    {
        if (node is ProductMap map) foreach (var entry in map.Entries) value(entry.Value, $"'{entry.Key}'", found);
        else found.Add(ProductRules.WrongShape(node.Place, where, "a map", "a line for each entry: NAME: VALUE"));
    };

    private static Check Map(params (string Key, Check Value)[] known) => (node, where, found) =>
    {
        if (node is not ProductMap map)
        {
            found.Add(ProductRules.WrongShape(node.Place, where, "a map", $"its keys are: {string.Join(", ", known.Select(k => k.Key))}"));
            return;
        }
        foreach (var entry in map.Entries)
        {
            if (known.FirstOrDefault(k => k.Key == entry.Key).Value is { } check) check(entry.Value, $"'{entry.Key}'", found);
            else found.Add(ProductRules.UnknownKey(entry.At, entry.Key, where, known.Select(k => k.Key)));
        }
    };

    private static void TextOrList(ProductNode node, string where, Diagnostics found) => (node is ProductList ? ListOf(s_text) : s_text)(node, where, found);

    private static void LayerValue(ProductNode node, string where, Diagnostics found)
    {
        if (node is ProductMap) Map(("prio", Scalar("a number from -99 to 99", t => t.IsPlain && int.TryParse(t.Value, out var prio) && prio is >= -99 and <= 99, "write for instance 5")))(node, where, found);
        else if (node is ProductList) found.Add(ProductRules.WrongShape(node.Place, where, "empty, 'disabled' or { prio: NUMBER }", "leave it empty to use the layer"));
    }

    private static void Include(ProductNode node, string where, Diagnostics found)
    {
        if (node is ProductText)
        {
            s_text(node, where, found);
            return;
        }
        Map(("repo", s_text), ("file", s_text))(node, where, found);
        if (node is not ProductMap map) return;
        foreach (var key in new[] { "repo", "file" }.Where(k => map.Find(k) is null)) found.Add(ProductRules.Missing(map.Place, where, key, "write: { repo: NAME, file: PATH }"));
    }
}
