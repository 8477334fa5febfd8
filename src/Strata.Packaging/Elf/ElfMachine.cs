using System.Collections.Immutable;

namespace Strata.Packaging;

/// <summary>What an ELF header says about the processor.</summary>
/// <param name="Number">The e_machine value.</param>
public readonly record struct ElfMachine(ushort Number, bool Is64Bit, bool IsBigEndian)
{
    private static readonly ImmutableSortedDictionary<string, ElfMachine> s_targets = new Dictionary<string, ElfMachine>
    {
        ["aarch64"] = new(183, true, false),
        ["aarch64_be"] = new(183, true, true),
        ["arm"] = new(40, false, false),
        ["armeb"] = new(40, false, true),
        ["i386"] = new(3, false, false),
        ["i486"] = new(3, false, false),
        ["i586"] = new(3, false, false),
        ["i686"] = new(3, false, false),
        ["loongarch64"] = new(258, true, false),
        ["microblazeel"] = new(189, false, false),
        ["mips"] = new(8, false, true),
        ["mipsel"] = new(8, false, false),
        ["mips64"] = new(8, true, true),
        ["mips64el"] = new(8, true, false),
        ["powerpc"] = new(20, false, true),
        ["powerpc64"] = new(21, true, true),
        ["powerpc64le"] = new(21, true, false),
        ["riscv32"] = new(243, false, false),
        ["riscv64"] = new(243, true, false),
        ["s390x"] = new(22, true, true),
        ["x86_64"] = new(62, true, false),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>What files for a TARGET_ARCH must say; null for an architecture that Strata does not know.</summary>
    public static ElfMachine? Of(string targetArchitecture) => s_targets.TryGetValue(targetArchitecture, out var machine) ? machine : null;

    /// <summary>The name of the first architecture with this header, or a description.</summary>
    public override string ToString()
    {
        var machine = this;
        return s_targets.FirstOrDefault(t => t.Value == machine).Key
            ?? $"ELF machine {Number}, {(Is64Bit ? 64 : 32)} bit, {(IsBigEndian ? "big" : "little")} endian";
    }
}
