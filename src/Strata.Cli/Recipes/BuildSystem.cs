namespace Strata.Cli.Recipes;

/// <summary>How sources are built; the order is that of preference where sources offer several.</summary>
internal enum BuildSystem
{
    /// <summary>A configure script made by Autoconf.</summary>
    Autotools,
    Meson,
    /// <summary>A configure.ac whose script has to be made first.</summary>
    Autoreconf,
    Cmake,
    Cargo,
    Go,
    Python,
    Make,
}
