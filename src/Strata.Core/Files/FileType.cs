namespace Strata.Core;

/// <summary>Type bits of a Unix file mode.</summary>
public enum FileType
{
    Fifo = 0x1000,
    CharacterDevice = 0x2000,
    Directory = 0x4000,
    BlockDevice = 0x6000,
    File = 0x8000,
    Link = 0xa000,
    Socket = 0xc000,
}
