using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Strata.Packaging;

/// <summary>Operating system and processor in the words of the image specification, which are those of Go.</summary>
public sealed record OciPlatform(
    string Architecture,
    [property: JsonPropertyName("os")] string OperatingSystem,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Variant = null)
{
    private static readonly ImmutableSortedDictionary<string, OciPlatform> s_targets = new Dictionary<string, OciPlatform>
    {
        ["aarch64"] = new("arm64", "linux", "v8"),
        ["arm"] = new("arm", "linux", "v7"),
        ["armeb"] = new("armbe", "linux"),
        ["i386"] = new("386", "linux"),
        ["i486"] = new("386", "linux"),
        ["i586"] = new("386", "linux"),
        ["i686"] = new("386", "linux"),
        ["loongarch64"] = new("loong64", "linux"),
        ["mips"] = new("mips", "linux"),
        ["mipsel"] = new("mipsle", "linux"),
        ["mips64"] = new("mips64", "linux"),
        ["mips64el"] = new("mips64le", "linux"),
        ["powerpc"] = new("ppc", "linux"),
        ["powerpc64"] = new("ppc64", "linux"),
        ["powerpc64le"] = new("ppc64le", "linux"),
        ["riscv32"] = new("riscv", "linux"),
        ["riscv64"] = new("riscv64", "linux"),
        ["s390x"] = new("s390x", "linux"),
        ["x86_64"] = new("amd64", "linux"),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The platform of a TARGET_ARCH; an unknown one keeps its name.</summary>
    public static OciPlatform Of(string targetArchitecture) => s_targets.GetValueOrDefault(targetArchitecture) ?? new(targetArchitecture, "linux");
}
