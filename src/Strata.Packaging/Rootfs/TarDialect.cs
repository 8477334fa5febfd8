namespace Strata.Packaging;

/// <summary>How an archive says what a plain header has no room for.</summary>
internal enum TarDialect
{
    /// <summary>POSIX extended headers, which image tools read.</summary>
    Pax,

    /// <summary>Entries of the types L and K before the real one; the only form that dpkg reads.</summary>
    Gnu,
}
