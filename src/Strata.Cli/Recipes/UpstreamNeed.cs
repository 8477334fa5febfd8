namespace Strata.Cli.Recipes;

/// <param name="Name">As the build system calls it: a pkg-config module, a library without lib, a CMake package.</param>
/// <param name="IsRequired">The build stops without it.</param>
/// <param name="Switch">The word for configure that does without it, such as --disable-openssl; empty when there is none.</param>
internal readonly record struct UpstreamNeed(string Name, bool IsRequired, string Switch = "");
