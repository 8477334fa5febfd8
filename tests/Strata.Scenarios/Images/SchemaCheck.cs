namespace Strata.Scenarios.Images;

/// <summary>Validation against published JSON schemas by an independent validator, Debian's python3-jsonschema.</summary>
internal static class SchemaCheck
{
    public static async Task ValidateAsync(string file, string schema) =>
        await Tool.RunAsync("/usr/bin/python3", Checkout.Path("tools/validate-json"), Checkout.Path($"tests/schemas/{schema}"), file);
}
