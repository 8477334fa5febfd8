namespace Strata.Cli.Recipes;

/// <param name="Name">As the build system calls it: a pkg-config module, a library without lib, a CMake package.</param>
/// <param name="IsRequired">The build stops without it.</param>
internal readonly record struct UpstreamNeed(string Name, bool IsRequired);
