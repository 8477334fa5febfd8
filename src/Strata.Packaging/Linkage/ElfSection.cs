namespace Strata.Packaging;

/// <param name="Name">Empty when it is no text.</param>
internal readonly record struct ElfSection(uint Type, string Name, ulong Offset, ulong Size);
