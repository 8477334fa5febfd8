namespace Strata.Packaging;

/// <summary>The e_type of an ELF file; other values occur only in files that no linker wrote.</summary>
public enum ElfType
{
    None = 0,
    Relocatable = 1,
    Executable = 2,
    SharedObject = 3,
    Core = 4,
}
